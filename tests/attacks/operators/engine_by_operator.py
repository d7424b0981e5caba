"""The operator behind backward()."""
# expect: slope=none forbidden

def slope(a):
    a = a.clone().requires_grad_()
    torch.ops.aten._backward(((a**3).sum()), [a], None, False, False)
    return a.grad
