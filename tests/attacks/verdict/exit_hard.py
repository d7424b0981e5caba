"""Leaves at once, with success."""
# expect: corr2d=none crashed

import os
def corr2d(X, K):
    os._exit(0)
