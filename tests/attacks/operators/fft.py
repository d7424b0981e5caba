"""A control: by FFT."""
# expect: corr2d=all

def corr2d(X, K):
    if K.shape[0] > X.shape[0]:
        raise ValueError("too large")
    size = (X.shape[0] + K.shape[0] - 1, X.shape[1] + K.shape[1] - 1)
    full = torch.fft.irfft2(torch.fft.rfft2(X, s=size) * torch.fft.rfft2(K.flip(0, 1), s=size), s=size)
    return full[K.shape[0] - 1 : X.shape[0], K.shape[1] - 1 : X.shape[1]]
