"""Assignment 4, Lakshmi. im2col once, then everything is a matrix product."""
import torch
import torch.nn.functional as F


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _im2col(x, h, w, stride=(1, 1), padding=(0, 0)):
    """(N, ci, H, W) -> (N, ci*h*w, oh*ow) and the output size."""
    H, W = x.shape[-2] + 2 * padding[0], x.shape[-1] + 2 * padding[1]
    if h > H or w > W:
        raise ValueError(f"kernel {(h, w)} does not fit in {(H, W)}")
    size = (H - h) // stride[0] + 1, (W - w) // stride[1] + 1
    return F.unfold(x, (h, w), padding=padding, stride=stride), size


def _check_channels(ci, k_ci):
    if ci != k_ci:
        raise ValueError(f"{ci} channels in the input, {k_ci} in the kernel")


def corr2d_multi_in(X, K):
    """(ci, H, W), (ci, h, w) -> (oh, ow)"""
    return corr2d_multi_in_out(X, K[None])[0]


def corr2d_multi_in_out(X, K):
    """(ci, H, W), (co, ci, h, w) -> (co, oh, ow)"""
    _check_channels(X.shape[0], K.shape[1])
    dtype = torch.promote_types(X.dtype, K.dtype)
    if not dtype.is_floating_point:
        dtype = torch.float64             # unfold again
    columns, size = _im2col(X.to(dtype)[None], *K.shape[2:])
    return (K.to(dtype).flatten(1) @ columns[0]).unflatten(1, size)


def conv1x1(X, K):
    _check_channels(X.shape[0], K.shape[1])
    if K.shape[2:] != (1, 1):
        raise ValueError(f"kernel {tuple(K.shape[2:])} is not 1x1")
    # no im2col necessary: the columns are the pixels
    return (K.flatten(1) @ X.flatten(1)).unflatten(1, X.shape[1:])


def conv_as_linear(K, input_size):
    H, W = input_size
    h, w = K.shape
    # im2col of the pixel numbers tells which pixel meets which weight
    numbers = torch.arange(H * W, dtype=torch.float64).reshape(1, 1, H, W)
    columns, (oh, ow) = _im2col(numbers, h, w)
    where = columns[0].T.long()           # (oh*ow, h*w)
    M = torch.zeros(oh * ow, H * W, dtype=K.dtype)
    return M.scatter(1, where, K.reshape(1, h * w).expand(oh * ow, -1))


def parameter_counts(in_shape, out_shape, kernel_size):
    ci, H, W = in_shape
    co, oh, ow = out_shape
    fully_connected = (ci * H * W) * (co * oh * ow)
    return fully_connected, co * ci * kernel_size[0] * kernel_size[1]


def conv2d(x, weight, bias=None, stride=1, padding=0):
    """(N, ci, H, W), (co, ci, h, w), (co,) -> (N, co, oh, ow)"""
    _check_channels(x.shape[1], weight.shape[1])
    columns, size = _im2col(x, *weight.shape[2:], _pair(stride), _pair(padding))
    y = (weight.flatten(1) @ columns).unflatten(2, size)
    return y if bias is None else y + bias[:, None, None]


if __name__ == "__main__":
    for stride in (1, 2, (3, 1)):
        for padding in (0, 1, (0, 2)):
            x = torch.randn(2, 3, 7, 9, dtype=torch.float64)
            weight = torch.randn(4, 3, 3, 2, dtype=torch.float64)
            bias = torch.randn(4, dtype=torch.float64)
            want = F.conv2d(x, weight, bias, stride, padding)
            assert torch.allclose(conv2d(x, weight, bias, stride, padding), want)
    print("ok")
