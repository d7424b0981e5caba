"""The derivative by backward()."""
# expect: slope=none forbidden

def slope(a):
    a = a.clone().requires_grad_()
    (a**3).sum().backward()
    return a.grad
