"""A list in a list in a list."""
# expect: corr2d=none rejected

def corr2d(X, K):
    x = []
    for _ in range(500):
        x = [x]
    return x
