import torch
from torch.nn import functional as F


def pair(value):
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


def corr2d(X, K):
    h, w = K.shape
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel is larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a:a + oh, b:b + ow] * K[a, b]
    return Y


def corr2d_multi_in(X, K):
    if len(X) != len(K):
        raise ValueError("different number of channels")
    # every channel with its own kernel
    return torch.stack([corr2d(x, k) for x, k in zip(X, K)])


def corr2d_multi_in_out(X, K):
    if X.shape[0] != K.shape[1]:
        raise ValueError("different number of channels")
    # Y[o, i, j] = sum over c. Had to add them up here, the shapes were wrong otherwise
    out = []
    for o in range(K.shape[0]):
        out.append(sum(corr2d(X[c], K[o, c]) for c in range(X.shape[0])))
    return torch.stack(out)


def conv1x1(X, K):
    ci, H, W = X.shape
    co = K.shape[0]
    if K.shape[1] != ci or tuple(K.shape[2:]) != (1, 1):
        raise ValueError("kernel has to be 1x1 with as many channels as X")
    return (K.reshape(co, ci) @ X.reshape(ci, H * W)).reshape(co, H, W)


def conv_as_linear(K, input_size):
    H, W = input_size
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel is larger than input")
    oh, ow = H - h + 1, W - w + 1
    M = torch.zeros(oh * ow, H * W, dtype=K.dtype)
    for i in range(oh):
        for j in range(ow):
            for a in range(h):
                start = (i + a) * W + j
                M[i * ow + j, start:start + w] = K[a]
    return M


def parameter_counts(in_shape, out_shape, kernel_size):
    n_in = in_shape[0] * in_shape[1] * in_shape[2]
    n_out = out_shape[0] * out_shape[1] * out_shape[2]
    conv = in_shape[0] * out_shape[0] * kernel_size[0] * kernel_size[1]
    return n_in * n_out, conv


def conv2d(x, weight, bias=None, stride=1, padding=0):
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    if x.shape[1] != weight.shape[1]:
        raise ValueError("different number of channels")
    x = F.pad(x, (pw, pw, ph, ph))
    h, w = weight.shape[2:]
    if h > x.shape[2] or w > x.shape[3]:
        raise ValueError("kernel is larger than input")
    windows = x.unfold(2, h, sh).unfold(3, w, sw)    # N, ci, oh, ow, h, w
    y = torch.einsum("ncijab,ocab->noij", windows, weight)
    if bias is not None:
        y = y + bias.view(-1, 1, 1)
    return y
