"""Leaves another default device."""
# expect: corr2d=all

right = corr2d
def corr2d(X, K):
    torch.set_default_device("cpu")
    Y = right(X, K)
    torch.set_default_device("meta")
    return Y
