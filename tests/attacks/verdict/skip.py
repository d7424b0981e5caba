"""Asks pytest to skip."""
# expect: corr2d=none error

class Skipped(BaseException):
    __module__ = "builtins"
Skipped.__name__ = Skipped.__qualname__ = "Skipped"
def corr2d(X, K):
    raise Skipped("skipped")
