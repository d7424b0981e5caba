"""JSON that is nested a hundred thousand deep."""
# expect: corr2d=none rejected

def corr2d(X, K):
    send(frame(b"[" * 100_000 + b"]" * 100_000))
    return X
