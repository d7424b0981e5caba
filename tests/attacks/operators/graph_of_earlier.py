"""A graph recorded while loading, differentiated later."""
# expect: corr2d=none

x = torch.zeros(1, 1, 9, 9, requires_grad=True)
k = torch.zeros(1, 1, 2, 2, requires_grad=True)
graph = None
try:
    graph = F.conv2d(x, k)
except Exception:
    pass
def corr2d(X, K):
    h, w = K.shape
    x.data[0, 0, : X.shape[0], : X.shape[1]] = X
    return torch.autograd.grad(graph, k, torch.ones_like(graph), retain_graph=True)[0][0, 0].to(X.dtype)
