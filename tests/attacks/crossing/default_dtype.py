"""Leaves another default dtype and device."""
# expect: corr2d=all

right = corr2d
def corr2d(X, K):
    Y = right(X, K)
    torch.set_default_dtype(torch.float16)
    return Y
