import torch
from torch.nn import functional as F


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def corr2d_backward(dY, X, K):
    # the layer with N = ci = co = 1
    dX, dK, _ = conv2d_backward(dY[None, None], X[None, None], K[None, None])
    return dX[0, 0], dK[0, 0]


def conv2d_backward(dY, x, weight, stride=1, padding=0):
    """Forward: columns = unfold(x), Y = W @ columns. Both steps are linear, so transpose them."""
    options = {"kernel_size": tuple(weight.shape[2:]), "stride": stride, "padding": padding}
    W = weight.flatten(1)                                     # (co, ci*h*w)
    dY = dY.flatten(2)                                        # (N, co, oh*ow)
    dx = F.fold(W.T @ dY, x.shape[2:], **options)             # fold is the transpose of unfold
    dW = torch.einsum("nol,nkl->ok", dY, F.unfold(x, **options))
    return dx, dW.reshape(weight.shape), dY.sum((0, 2))


def max_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    _, where = F.max_pool2d(x, kernel_size, stride, padding, return_indices=True)
    dx = torch.zeros_like(x).flatten(2)
    return dx.scatter_add(2, where.flatten(2), dY.flatten(2)).reshape(x.shape)


def avg_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    # a convolution of every channel with a kernel of 1 / (h*w)
    h, w = _pair(kernel_size)
    N, C, H, W = x.shape
    columns = (dY / (h * w)).reshape(N * C, 1, -1).expand(-1, h * w, -1)
    dx = F.fold(columns, (H, W), (h, w), stride=stride or (h, w), padding=padding)
    return dx.reshape(x.shape)


class Conv2dFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.save_for_backward(x, weight)
        ctx.options = stride, padding
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        gradients = conv2d_backward(dY, *ctx.saved_tensors, *ctx.options)
        needed = [g if need else None for g, need in zip(gradients, ctx.needs_input_grad)]
        return *needed, None, None
