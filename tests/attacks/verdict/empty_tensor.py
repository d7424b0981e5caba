"""No values, so none is wrong."""
# expect: corr2d=none failed

def corr2d(X, K):
    return torch.zeros(0, dtype=X.dtype)
