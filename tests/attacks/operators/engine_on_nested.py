"""Autograd over nested tensors, by the engine that the grader itself keeps."""
# expect: slope=none

from autograder.vjp import ENGINE
def slope(a):
    x = torch.nested.nested_tensor([a.reshape(-1, 1)], requires_grad=True)
    y = x * x * x
    ones = torch.nested.nested_tensor([torch.ones_like(a).reshape(-1, 1)])
    found = ENGINE.run_backward((y,), (ones,), False, False, (x,), True, accumulate_grad=False)
    return found[0].unbind()[0].reshape(a.shape)
