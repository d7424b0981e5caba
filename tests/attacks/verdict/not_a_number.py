"""NaN, which compares to nothing."""
# expect: corr2d=none failed

def corr2d(X, K):
    return torch.full((X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1), float("nan"), dtype=X.dtype)
