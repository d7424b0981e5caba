"""The derivative from the Jacobian."""
# expect: slope=none forbidden

def slope(a):
    return torch.autograd.functional.jacobian(lambda x: (x**3).sum(), a)
