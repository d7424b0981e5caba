"""Puts /dev/null in the socket's place."""
# expect: corr2d=none

import os
def corr2d(X, K):
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, SOCKET)
    return X
