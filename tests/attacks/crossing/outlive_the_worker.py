"""Takes back that it dies with its parent, then hangs."""
# expect: corr2d=none

import ctypes
def corr2d(X, K):
    ctypes.CDLL(None).prctl(1, 0)
    while True:
        pass
