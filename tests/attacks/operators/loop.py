"""A control: two loops."""
# expect: corr2d=all

def corr2d(X, K):
    if K.shape[0] > X.shape[0]:
        raise ValueError("too large")
    h, w = K.shape
    return torch.stack([torch.stack([(X[i : i + h, j : j + w] * K).sum() for j in range(X.shape[1] - w + 1)]) for i in range(X.shape[0] - h + 1)])
