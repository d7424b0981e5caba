"""Bytes that are no message."""
# expect: corr2d=none rejected

def corr2d(X, K):
    send(b"\xff" * 100)
    return X
