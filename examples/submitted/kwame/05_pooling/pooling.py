# %%
import math

import torch
from torch.nn import functional as F


def pair(value):
    height, width = (value, value) if isinstance(value, int) else value
    return height, width

# %%
def pool2d(X, pool_size, mode="max"):
    h, w = pair(pool_size)
    if mode == "max":
        # stride 1, otherwise the windows do not overlap
        Y = F.max_pool2d(X.double()[None, None], (h, w), stride=1)
        return Y[0, 0].to(X.dtype)
    if mode == "avg":
        if not X.is_floating_point():
            X = X.double()
        return X.unfold(0, h, 1).unfold(1, w, 1).mean(dim=(-2, -1))
    raise ValueError("mode is max or avg")

# %%
def layout(x, kernel_size, stride, padding, ceil_mode):
    # (start, stop) of all windows in both directions, in the input's own numbers
    kernel = pair(kernel_size)
    stride = kernel if stride is None else pair(stride)
    both = []
    for n, k, s, p in zip(x.shape[2:], kernel, stride, pair(padding)):
        if p > k / 2:
            raise ValueError("padding is more than half the kernel")
        rounded = math.ceil if ceil_mode else math.floor
        starts = range(-p, rounded((n + 2 * p - k) / s) * s - p + 1, s)
        both.append([(start, start + k) for start in starts if start < n])
    return both

# %%
def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    rows, cols = layout(x, kernel_size, stride, padding, ceil_mode)
    Y = []
    for top, bottom in rows:
        Y.append([])
        for left, right in cols:
            part = x[:, :, max(0, top):bottom, max(0, left):right]
            Y[-1].append(part.amax(dim=(2, 3)))
    return torch.stack([torch.stack(line, dim=-1) for line in Y], dim=-2)

# %%
def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    rows, cols = layout(x, kernel_size, stride, padding, ceil_mode)
    ph, pw = pair(padding)
    H, W = x.shape[2:]
    Y = []
    for top, bottom in rows:
        Y.append([])
        for left, right in cols:
            part = x[:, :, max(0, top):bottom, max(0, left):right]
            area = part.shape[2] * part.shape[3]
            if count_include_pad:
                area = (min(bottom, H + ph) - top) * (min(right, W + pw) - left)
            Y[-1].append(part.sum(dim=(2, 3)) / area)
    return torch.stack([torch.stack(line, dim=-1) for line in Y], dim=-2)

# %%
if __name__ == "__main__":
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    print(max_pool2d(x, 3, 2, 1))
    print(avg_pool2d(x, 3, 2, 1), avg_pool2d(x, 3, 2, 1, count_include_pad=False))
    print(pool2d(torch.arange(9.0).reshape(3, 3), 2))
