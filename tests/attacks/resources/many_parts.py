"""A list of a million lists."""
# expect: corr2d=none rejected

def corr2d(X, K):
    return [[] for _ in range(10**6)]
