"""A list that holds itself."""
# expect: corr2d=none rejected

def corr2d(X, K):
    x = []
    x.append(x)
    return x
