"""The engine itself, kept since the cells ran."""
# expect: slope=none

engine = torch._C._ImperativeEngine()
kept = torch.autograd.Variable._execution_engine
def slope(a):
    a = a.clone().requires_grad_()
    for one in (kept, engine):
        try:
            return one.run_backward(((a**3).sum(),), (torch.ones((), dtype=a.dtype),), False, False, (a,), True, accumulate_grad=False)[0]
        except Exception:
            pass
