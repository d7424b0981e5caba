"""An object that would run code where it is unpickled."""
# expect: corr2d=none rejected

class Bomb:
    def __reduce__(self): return (eval, ("open('@DROP@/pickled', 'w')",))
def corr2d(X, K):
    return Bomb()
