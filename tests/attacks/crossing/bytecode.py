"""Opens kept bytecode for writing."""
# expect: corr2d=none error

right = corr2d
def corr2d(X, K):
    with open(torch.__cached__, "r+"):
        return right(X, K)
