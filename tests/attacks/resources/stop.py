"""Stops itself."""
# expect: corr2d=none

import os, signal
def corr2d(X, K):
    signal.raise_signal(signal.SIGSTOP)
    return X
