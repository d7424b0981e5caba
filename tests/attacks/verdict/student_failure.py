"""Raises what looks like the judge's own classes."""
# expect: corr2d=none error

class StudentFailure(AssertionError):
    __module__ = "builtins"
    status, summary, detail, line, kinds = "passed", "", "", None, ("ValueError",)
def corr2d(X, K):
    raise StudentFailure("passed")
