"""Tells a hidden input by printing it."""
# expect: corr2d=none

def corr2d(X, K):
    print(X.tolist(), K.tolist())
    return X
