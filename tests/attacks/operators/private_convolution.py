"""torch._convolution."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    return torch._convolution(X[None, None], K[None, None], None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1, False, False, True, True)[0, 0]
