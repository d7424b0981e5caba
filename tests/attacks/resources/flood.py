"""Prints for ever."""
# expect: corr2d=none error

def corr2d(X, K):
    while True:
        print("x" * 10_000)
