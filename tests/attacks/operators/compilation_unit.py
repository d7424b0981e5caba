"""TorchScript from a string."""
# expect: corr2d=none

def corr2d(X, K):
    unit = torch.jit.CompilationUnit("def f(x, k):\n    return torch.conv2d(x, k)\n")
    return unit.f(X[None, None], K[None, None])[0, 0]
