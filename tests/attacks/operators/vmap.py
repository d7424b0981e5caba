"""Under torch.func.vmap."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    return torch.func.vmap(lambda x: F.conv2d(x, K[None, None]))(X[None, None, None])[0, 0, 0]
