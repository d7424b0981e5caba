"""Swallows whatever is thrown at it."""
# expect: corr2d=none timeout

def corr2d(X, K):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
