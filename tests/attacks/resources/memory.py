"""Asks for more than there is."""
# expect: corr2d=none memory

def corr2d(X, K):
    return torch.ones(10**11)
