"""Opens files until none is left."""
# expect: corr2d=none error

def corr2d(X, K):
    return [open("/dev/null") for _ in range(10_000)]
