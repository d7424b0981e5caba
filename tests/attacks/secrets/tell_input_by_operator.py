"""Tells a hidden input in the name of an operator that was not allowed."""
# expect: corr2d=none double=none forbidden

import autograder.worker.child as child, autograder.worker.operators as operators
def corr2d(X, K):
    name = "aten::" + "_".join(str(int(v)) for v in X.flatten())
    operators.Guard.take = lambda self: [(name, 1)]
    return X
