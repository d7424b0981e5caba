"""Leaves with success."""
# expect: corr2d=none error

import sys
def corr2d(X, K):
    sys.exit(0)
