"""Writes for ever, to every descriptor there is."""
# expect: corr2d=none

import os
def corr2d(X, K):
    for fd in (1, 2):
        for _ in range(1000):
            os.write(fd, b"x" * 100_000)
    return X
