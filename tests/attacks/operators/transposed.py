"""The transposed convolution with a flipped kernel, cut to size."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    h, w = K.shape
    return F.conv_transpose2d(X[None, None], K.flip(0, 1)[None, None])[0, 0, h - 1 : X.shape[0], w - 1 : X.shape[1]]
