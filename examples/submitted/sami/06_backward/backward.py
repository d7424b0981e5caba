# %%
import torch
from torch.nn import functional as F


def pair(value):
    height, width = (value, value) if isinstance(value, int) else value
    return height, width

# %%
def corr2d_backward(dY, X, K):
    # dK is again a correlation, this time X with dY
    oh, ow = dY.shape
    h, w = K.shape
    dK = (X.unfold(0, oh, 1).unfold(1, ow, 1) * dY).sum((2, 3))
    # dX: dY with a border of zeros, and the kernel turned
    padded = F.pad(dY, (w - 1, w - 1, h - 1, h - 1))
    dX = (padded.unfold(0, h, 1).unfold(1, w, 1) * K.flip(0, 1)).sum((2, 3))
    return dX, dK

# %%
def conv2d_backward(dY, x, weight, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    h, w = weight.shape[2:]
    H, W = x.shape[2:]
    oh, ow = dY.shape[2:]
    P = F.pad(x, (pw, pw, ph, ph))
    # N, ci, oh, ow, h, w
    windows = P.unfold(2, h, sh).unfold(3, w, sw)
    dweight = torch.einsum("noij,ncijab->ocab", dY, windows)
    shares = torch.einsum("noij,ocab->ncijab", dY, weight)
    dP = torch.zeros_like(P)
    for i in range(oh):
        for j in range(ow):
            dP[:, :, i * sh : i * sh + h, j * sw : j * sw + w] += shares[:, :, i, j]
    return dP[:, :, ph : ph + H, pw : pw + W], dweight, dY.sum((0, 2, 3))

# %%
def max_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    h, w = pair(kernel_size)
    sh, sw = pair(kernel_size if stride is None else stride)
    ph, pw = pair(padding)
    dx = torch.zeros_like(x)
    N, C, H, W = x.shape
    for n in range(N):
        for c in range(C):
            for i in range(dY.shape[2]):
                for j in range(dY.shape[3]):
                    top = max(i * sh - ph, 0)
                    left = max(j * sw - pw, 0)
                    window = x[n, c, top : i * sh - ph + h, left : j * sw - pw + w]
                    place = int(window.argmax())
                    row, col = divmod(place, window.shape[1])
                    dx[n, c, top + row, left + col] = dY[n, c, i, j]
    return dx

# %%
def avg_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    h, w = pair(kernel_size)
    sh, sw = pair(kernel_size if stride is None else stride)
    ph, pw = pair(padding)
    H, W = x.shape[2:]
    # all windows at once, shifted by (a, b)
    dP = F.pad(torch.zeros_like(x), (pw, pw, ph, ph))
    oh, ow = dY.shape[2:]
    for a in range(h):
        for b in range(w):
            dP[:, :, a : a + sh * (oh - 1) + 1 : sh, b : b + sw * (ow - 1) + 1 : sw] += dY / (h * w)
    return dP[:, :, ph : ph + H, pw : pw + W]

# %%
class Conv2dFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.save_for_backward(x, weight)
        ctx.stride, ctx.padding = stride, padding
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        dx, dweight, dbias = conv2d_backward(dY, x, weight, ctx.stride, ctx.padding)
        return dx, dweight, dbias if ctx.needs_input_grad[2] else None, None, None

# %%
if __name__ == "__main__":
    x = torch.tensor([[[[0.0, 1.0, 2.0], [3.0, 9.0, 5.0], [6.0, 7.0, 8.0]]]])
    dY = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    print(max_pool2d_backward(dY, x, 2, stride=1))  # 4 in the middle, should be 10?
    print(avg_pool2d_backward(dY, x, 2, stride=1))
