"""Runs a shell."""
# expect: corr2d=none

import os
def corr2d(X, K):
    os.system("echo x > @DROP@/shell")
    return X
