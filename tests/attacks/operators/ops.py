"""torch.ops with one of its overloads, looked up before."""
# expect: corr2d=none forbidden

op = torch.ops.aten.convolution.default
def corr2d(X, K):
    return op(X[None, None], K[None, None], None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)[0, 0]
