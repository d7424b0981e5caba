"""The adaptive one."""
# expect: pool2=none forbidden

def pool2(X):
    return F.adaptive_max_pool2d(X[None, None], (X.shape[0] // 2, X.shape[1] // 2))[0, 0]
