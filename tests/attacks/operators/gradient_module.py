"""The same through torch.nn.grad."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    size = (1, 1, X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1)
    return torch.nn.grad.conv2d_weight(X[None, None], size, K[None, None])[0, 0]
