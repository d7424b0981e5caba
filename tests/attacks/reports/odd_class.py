"""An exception whose class lies about everything."""
# expect: corr2d=none

class Meta(type):
    def __getattribute__(cls, name): raise RuntimeError("no")
class Odd(Exception, metaclass=Meta):
    pass
def corr2d(X, K):
    raise Odd
