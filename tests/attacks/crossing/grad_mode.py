"""Leaves gradients off, inference on."""
# expect: corr2d=all

right = corr2d
def corr2d(X, K):
    Y = right(X, K)
    torch.set_grad_enabled(False)
    return Y
