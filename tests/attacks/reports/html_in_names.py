"""HTML in an exception of a call."""
# expect: corr2d=none error

class Evil(ValueError):
    def __str__(self): return "<script>alert(1)</script>"
def corr2d(X, K):
    raise Evil
