"""torch.compile with its plainest backend."""
# expect: corr2d=none

def corr2d(X, K):
    return torch.compile(lambda x, k: F.conv2d(x, k), backend="eager")(X[None, None], K[None, None])[0, 0]
