"""Pooling by torch's pooling."""
# expect: pool2=none forbidden

def pool2(X):
    return F.max_pool2d(X[None, None], 2)[0, 0]
