"""A result of a hundred megabytes."""
# expect: corr2d=none rejected

def corr2d(X, K):
    return torch.zeros(100_000_000, dtype=torch.uint8)
