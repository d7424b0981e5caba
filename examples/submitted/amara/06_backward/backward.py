# %% [markdown]
# # 6 · Backward by hand

# %%
import torch
from torch.nn import functional as F


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """An int stands for both directions: 2 and (2, 2) both give (2, 2). Use it as you like."""
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


# %% [markdown]
# ## One image, one kernel

# %%
def corr2d_backward(dY, X, K):
    """The gradients (dX, dK) of Y = corr2d(X, K) for the upstream gradient dY."""
    h, w = K.shape
    dX = torch.zeros_like(X)
    dK = torch.zeros_like(K)
    # go through the outputs as in the forward pass: Y[i, j] = (window * K).sum()
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i : i + h, j : j + w] += dY[i, j] * K
            dK += dY[i, j] * X[i : i + h, j : j + w]
    return dX, dK


# %%
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    dX, dK = corr2d_backward(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), X, K)
    print(dX)  # [[0, 1, 2], [2, 10, 10], [6, 17, 12]]
    print(dK)  # [[27, 37], [57, 67]]

# %% [markdown]
# ## The whole layer: batch, channels, bias, stride, padding

# %%
def conv2d_backward(dY, x, weight, stride=1, padding=0):
    """The gradients (dx, dweight, dbias) of F.conv2d for the upstream gradient dY."""
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, ci, H, W = x.shape
    co, _, h, w = weight.shape

    # my own padding: a larger image with x in the middle
    P = torch.zeros(N, ci, H + 2 * ph, W + 2 * pw, dtype=x.dtype)
    P[:, :, ph : ph + H, pw : pw + W] = x
    dP = torch.zeros_like(P)
    kernels = weight.reshape(co, ci * h * w)
    dkernels = torch.zeros_like(kernels)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            top, left = i * sh, j * sw
            boxes = P[:, :, top : top + h, left : left + w].reshape(N, ci * h * w)
            d = dY[:, :, i, j]  # (N, co)
            dkernels += d.T @ boxes
            dP[:, :, top : top + h, left : left + w] += (d @ kernels).reshape(N, ci, h, w)
    # what fell on the padding belongs to nobody
    dx = dP[:, :, ph : ph + H, pw : pw + W]
    return dx, dkernels.reshape(weight.shape), dY.sum(dim=(0, 2, 3))


# %%
if __name__ == "__main__":
    x = torch.arange(9.0).reshape(1, 1, 3, 3)
    weight = torch.arange(4.0).reshape(1, 1, 2, 2)
    dY = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    dx, dweight, dbias = conv2d_backward(dY, x, weight, stride=(3, 2), padding=1)
    print(dx)  # [[3, 4, 6], [0, 0, 0], [3, 0, 4]]
    print(dweight, dbias)  # [[28, 50], [2, 4]] and [10]

# %% [markdown]
# ## Max pooling: the winner takes it

# %%
def max_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    """The gradient of F.max_pool2d(x, kernel_size, stride, padding) for the upstream gradient."""
    h, w = pair(kernel_size)
    sh, sw = (h, w) if stride is None else pair(stride)
    ph, pw = pair(padding)
    dx = torch.zeros_like(x)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            top, left = i * sh - ph, j * sw - pw
            rows = slice(max(top, 0), top + h)
            columns = slice(max(left, 0), left + w)
            window = x[:, :, rows, columns]
            winners = (window == window.amax(dim=(2, 3), keepdim=True)).to(x.dtype)
            # several winners share
            share = winners / winners.sum(dim=(2, 3), keepdim=True)
            dx[:, :, rows, columns] += share * dY[:, :, i, j, None, None]
    return dx


# %%
if __name__ == "__main__":
    x = torch.tensor([[[[0.0, 1.0, 2.0], [3.0, 9.0, 5.0], [6.0, 7.0, 8.0]]]])
    print(max_pool2d_backward(dY, x, 2, stride=1))  # [[0, 0, 0], [0, 10, 0], [0, 0, 0]]

# %% [markdown]
# ## Average pooling: equal shares

# %%
def avg_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    """The gradient of F.avg_pool2d(x, kernel_size, stride, padding) for the upstream gradient."""
    h, w = pair(kernel_size)
    sh, sw = (h, w) if stride is None else pair(stride)
    ph, pw = pair(padding)
    dx = torch.zeros_like(x)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            top, left = i * sh - ph, j * sw - pw
            rows = slice(max(top, 0), top + h)
            columns = slice(max(left, 0), left + w)
            dx[:, :, rows, columns] += dY[:, :, i, j, None, None] / (h * w)
    return dx


# %%
if __name__ == "__main__":
    print(avg_pool2d_backward(dY, x, 2, stride=1))
    # [[0.25, 0.75, 0.5], [1, 2.5, 1.5], [0.75, 1.75, 1]]

# %% [markdown]
# ## An operator of your own

# %%
class Conv2dFunction(torch.autograd.Function):
    """F.conv2d with a backward of your own: Conv2dFunction.apply(x, weight, bias, stride, padding)."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.save_for_backward(x, weight)
        ctx.stride = stride
        ctx.padding = padding
        ctx.has_bias = bias is not None
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        dx, dweight, dbias = conv2d_backward(dY, x, weight, ctx.stride, ctx.padding)
        return dx, dweight, dbias if ctx.has_bias else None, None, None


# %%
if __name__ == "__main__":
    x = torch.randn(2, 3, 6, 5, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(4, 3, 3, 2, dtype=torch.float64, requires_grad=True)
    bias = torch.randn(4, dtype=torch.float64, requires_grad=True)
    Conv2dFunction.apply(x, weight, bias, 2, 1).sum().backward()
    print(bias.grad)  # 18 each
    print(torch.autograd.gradcheck(Conv2dFunction.apply, (x, weight, bias, (2, 1), 1)))  # True
    print(torch.autograd.gradcheck(Conv2dFunction.apply, (x, weight, None, 1, (0, 1))))  # True
