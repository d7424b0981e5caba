"""The one for volumes."""
# expect: pool2=none forbidden

def pool2(X):
    return F.max_pool3d(X[None, None, None], (1, 2, 2))[0, 0, 0]
