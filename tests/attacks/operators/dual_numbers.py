"""The derivative by dual numbers."""
# expect: slope=none forbidden

import torch.autograd.forward_ad as forward
def slope(a):
    with forward.dual_level():
        return forward.unpack_dual(forward.make_dual(a, torch.ones_like(a)) ** 3).tangent
