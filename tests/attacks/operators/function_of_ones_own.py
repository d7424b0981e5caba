"""The engine, asked by a Function that asks for itself."""
# expect: slope=none

class Ask(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        with torch.enable_grad():
            b = a.detach().requires_grad_()
            ctx.b, ctx.y = b, (b**3).sum()
        return ctx.y.detach()
    @staticmethod
    def backward(ctx, g):
        return torch.autograd.grad(ctx.y, ctx.b)[0]
def slope(a):
    a = a.clone().requires_grad_()
    return torch.autograd.grad(Ask.apply(a), a)[0]
