"""Opens the interpreter's own libraries for writing."""
# expect: corr2d=none error

right = corr2d
def corr2d(X, K):
    with open(torch.__file__, "r+"):
        return right(X, K)
