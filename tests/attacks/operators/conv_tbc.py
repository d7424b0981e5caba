"""The convolution over time of old language models."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    oh = X.shape[0] - K.shape[0] + 1
    rows = [torch.conv_tbc(X[a : a + oh].t()[:, :, None], K[a][:, None, None], torch.zeros(1, dtype=X.dtype))[:, :, 0].t() for a in range(K.shape[0])]
    return sum(rows)
