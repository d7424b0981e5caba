"""torch._C._nn's own slow convolution."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    return torch._C._nn.thnn_conv2d(X[None, None], K[None, None], K.shape)[0, 0]
