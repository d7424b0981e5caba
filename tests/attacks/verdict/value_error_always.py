"""The exception that some tests ask for, always."""
# expect: corr2d=none error

def corr2d(X, K):
    raise ValueError("the kernel is larger than the input")
