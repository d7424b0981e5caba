"""A chain of exceptions a thousand long, and a group."""
# expect: corr2d=none

def corr2d(X, K):
    error = None
    for number in range(1000):
        new = ValueError(str(number))
        new.__cause__ = error
        error = new
    raise ExceptionGroup("\x1b[31m", [error] * 100)
