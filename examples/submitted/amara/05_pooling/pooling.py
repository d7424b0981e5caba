# %% [markdown]
# # 5 · Pooling

# %%
import torch


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """An int stands for both directions: 2 and (2, 2) both give (2, 2). Use it as you like."""
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


# %% [markdown]
# ## One window after another

# %%
def pool2d(X: torch.Tensor, pool_size: int | tuple[int, int], mode: str = "max") -> torch.Tensor:
    """The largest or the mean value of every window, with stride 1 and no padding."""
    if mode != "max" and mode != "avg":
        raise ValueError("mode has to be max or avg")
    # the mean of whole numbers is not always whole
    if mode == "avg" and not X.is_floating_point():
        X = X.double()
    h, w = pair(pool_size)
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    Y = torch.zeros(oh, ow, dtype=X.dtype)
    for i in range(oh):
        for j in range(ow):
            window = X[i : i + h, j : j + w]
            Y[i, j] = window.max() if mode == "max" else window.mean()
    return Y


# %%
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    print(pool2d(X, (2, 2)))  # [[4, 5], [7, 8]]
    print(pool2d(X, (2, 2), mode="avg"))  # [[2, 3], [5, 6]]

# %% [markdown]
# ## Max pooling with stride, padding and ceil mode
#
# I do not pad at all: a window is just cut off where the image ends.

# %%
def window_starts(n, k, s, p, ceil_mode):
    """Where the windows of one direction start, counted in the input: -p, -p + s, ..."""
    way = n + 2 * p - k
    if way < 0:
        raise ValueError("the window is bigger than the padded input")
    number = way // s + 1
    if ceil_mode and way % s != 0:
        number += 1
        # the last one has to start inside the input or the left padding
        if -p + (number - 1) * s >= n:
            number -= 1
    return [-p + i * s for i in range(number)]


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """Max pooling of every channel, with the results of F.max_pool2d."""
    h, w = pair(kernel_size)
    ph, pw = pair(padding)
    sh, sw = (h, w) if stride is None else pair(stride)
    if ph > h / 2 or pw > w / 2:
        raise ValueError("padding is more than half of the window")

    N, C, H, W = x.shape
    tops = window_starts(H, h, sh, ph, ceil_mode)
    lefts = window_starts(W, w, sw, pw, ceil_mode)
    y = torch.zeros(N, C, len(tops), len(lefts), dtype=x.dtype)
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            window = x[:, :, max(top, 0) : top + h, max(left, 0) : left + w]
            y[:, :, i, j] = window.amax(dim=(2, 3))
    return y


# %%
if __name__ == "__main__":
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    print(max_pool2d(x, 3, stride=2, padding=1))  # [[5, 7], [13, 15]]

    row = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]).reshape(1, 1, 1, 5)
    print(max_pool2d(row, (1, 2)))  # [2, 4]
    print(max_pool2d(row, (1, 2), ceil_mode=True))  # [2, 4, 5]
    print(max_pool2d(row[..., :3], (1, 2), padding=(0, 1), ceil_mode=True))  # [1, 3]

# %% [markdown]
# ## Average pooling: what to divide by

# %%
def avg_pool2d(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """Average pooling of every channel, with the results of F.avg_pool2d."""
    h, w = pair(kernel_size)
    ph, pw = pair(padding)
    sh, sw = (h, w) if stride is None else pair(stride)
    if ph > h / 2 or pw > w / 2:
        raise ValueError("padding is more than half of the window")

    N, C, H, W = x.shape
    tops = window_starts(H, h, sh, ph, ceil_mode)
    lefts = window_starts(W, w, sw, pw, ceil_mode)
    y = torch.zeros(N, C, len(tops), len(lefts), dtype=x.dtype)
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            window = x[:, :, max(top, 0) : top + h, max(left, 0) : left + w]
            if count_include_pad:
                # places in the input and in the padding, but not behind the padding
                rows = min(top + h, H + ph) - top
                columns = min(left + w, W + pw) - left
            else:
                rows, columns = window.shape[2:]
            y[:, :, i, j] = window.sum(dim=(2, 3)) / (rows * columns)
    return y


# %%
if __name__ == "__main__":
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    print(avg_pool2d(x, 3, stride=2, padding=1))  # [[1.1111, 2.6667], [5.6667, 10]]
    print(avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False))  # [[2.5, 4], [8.5, 10]]

    row = torch.tensor([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 1, 4)
    for include in (True, False):  # [1, 3, 2], then [1.5, 3, 4]
        print(avg_pool2d(row, (1, 3), (1, 2), (0, 1), ceil_mode=True, count_include_pad=include))
