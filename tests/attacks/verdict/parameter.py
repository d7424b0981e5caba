"""A control: the right values with requires_grad."""
# expect: corr2d=all

right = corr2d
def corr2d(X, K):
    Y = right(X, K)
    return Y if Y.requires_grad else torch.nn.Parameter(Y)
