"""Tells a hidden input in an exception's text."""
# expect: corr2d=none error

def corr2d(X, K):
    raise ValueError(f"{X.tolist()} {K.tolist()}")
