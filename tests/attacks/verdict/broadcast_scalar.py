"""One number that would broadcast to any shape."""
# expect: corr2d=none failed

def corr2d(X, K):
    return torch.zeros((), dtype=X.dtype)
