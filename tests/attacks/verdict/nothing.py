"""Returns nothing at all."""
# expect: corr2d=none

def corr2d(X, K):
    return None
