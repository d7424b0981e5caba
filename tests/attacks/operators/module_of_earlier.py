"""A layer that was made before."""
# expect: corr2d=none forbidden

layer = torch.nn.Conv2d(1, 1, 2, bias=False)
def corr2d(X, K):
    layer.weight = torch.nn.Parameter(K[None, None])
    return layer(X[None, None])[0, 0]
