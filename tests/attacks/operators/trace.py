"""A function that was traced while loading."""
# expect: corr2d=none

traced = None
try:
    traced = torch.jit.trace(lambda x, k: F.conv2d(x, k), (torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2)), check_trace=False)
except Exception:
    pass
def corr2d(X, K):
    return traced(X[None, None], K[None, None])[0, 0]
