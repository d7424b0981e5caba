"""A result of a few bytes that claims to be of terabytes."""
# expect: corr2d=none rejected

def corr2d(X, K):
    return torch.zeros(1).expand(10**6, 10**6)
