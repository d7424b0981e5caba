"""The gradient for a kernel is a cross-correlation: with the kernel as gradient, the one that is wanted."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    W = torch.zeros(1, 1, X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1, dtype=X.dtype)
    return torch.ops.aten.convolution_backward(K[None, None], X[None, None], W, [0], [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [False, True, False])[1][0, 0]
