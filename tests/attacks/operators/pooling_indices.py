"""Another of its names."""
# expect: pool2=none forbidden

def pool2(X):
    return torch.ops.aten.max_pool2d_with_indices(X[None, None], [2, 2])[0][0, 0]
