"""Closes every descriptor."""
# expect: corr2d=none crashed

import os
def corr2d(X, K):
    os.closerange(0, 64)
    return X
