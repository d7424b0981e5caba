"""Sixteen megabytes of brackets."""
# expect: corr2d=none rejected

def corr2d(X, K):
    send(frame(b"[" + b"[]," * 5_000_000 + b"[]]"))
    return X
