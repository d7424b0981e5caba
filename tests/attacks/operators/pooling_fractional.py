"""The fractional one."""
# expect: pool2=none forbidden

def pool2(X):
    samples = torch.zeros(1, 1, 2, dtype=X.dtype)
    return torch.ops.aten.fractional_max_pool2d(X[None, None], [2, 2], [X.shape[0] // 2, X.shape[1] // 2], samples)[0][0, 0]
