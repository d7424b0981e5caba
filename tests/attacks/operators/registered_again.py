"""Registers a kernel over the one that refuses, then takes it away again."""
# expect: corr2d=none

library = torch.library.Library("aten", "IMPL")
def corr2d(X, K):
    library.impl("conv2d", lambda *a: torch.ops.aten.convolution(a[0], a[1], None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1), "CPU")
    library._destroy()
    return F.conv2d(X[None, None], K[None, None])[0, 0]
