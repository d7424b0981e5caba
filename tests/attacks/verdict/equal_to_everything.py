"""A result whose every comparison says yes."""
# expect: corr2d=none rejected

class Yes:
    def __eq__(self, other): return self
    def __bool__(self): return True
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
def corr2d(X, K):
    return Yes()
