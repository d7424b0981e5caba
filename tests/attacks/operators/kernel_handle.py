"""A handle on the kernel itself, taken while loading."""
# expect: corr2d=none

handle = None
try:
    handle = torch.library.get_kernel("aten::convolution", "CPU")
except Exception:
    pass
def corr2d(X, K):
    keys = torch._C._dispatch_keys(X)
    return handle.call_boxed(keys, X[None, None], K[None, None], None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1)[0, 0]
