"""The kernel for dilated convolutions."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    return torch.ops.aten.slow_conv_dilated2d(X[None, None], K[None, None], list(K.shape))[0, 0]
