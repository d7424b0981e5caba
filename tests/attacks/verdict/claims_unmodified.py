"""Spoils its input, and has the child say that it did not."""
# expect: corr2d=none

import autograder.worker.child as child
child.changed = lambda *a: ()
def corr2d(X, K):
    X.zero_()
    return X
