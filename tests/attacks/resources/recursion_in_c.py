"""Exhausts the stack in C."""
# expect: corr2d=none

import sys
def corr2d(X, K):
    sys.setrecursionlimit(10**9)
    x = []
    for _ in range(10**6):
        x = [x]
    return repr(x)
