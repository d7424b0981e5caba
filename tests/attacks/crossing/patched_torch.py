"""Patches torch and the builtins after its own work."""
# expect: corr2d=none

import builtins
right = corr2d
def corr2d(X, K):
    Y = right(X, K)
    torch.zeros = torch.empty
    torch.nn.Module.__call__ = lambda self, *a: None
    builtins.len = lambda x: 0
    builtins.float = str
    return Y
