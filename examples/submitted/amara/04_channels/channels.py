# %% [markdown]
# # 4 · Channels

# %%
import torch
from torch.nn import functional as F


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """An int stands for both directions: 2 and (2, 2) both give (2, 2). Use it as you like."""
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


# %% [markdown]
# ## Several channels in

# %%
def corr2d_multi_in(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlation of several channels, added up to a single one: (ci, H, W) -> (oh, ow)."""
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K need the same number of channels")
    if not X.is_floating_point():
        X = X.long()
    _, h, w = K.shape
    oh = X.shape[1] - h + 1
    ow = X.shape[2] - w + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel is bigger than the input")

    # the window is now a little box that goes through all the channels
    Y = torch.zeros(oh, ow, dtype=torch.result_type(X, K))
    for i in range(oh):
        for j in range(ow):
            box = X[:, i : i + h, j : j + w]
            Y[i, j] = (box * K).sum()
    return Y


# %%
if __name__ == "__main__":
    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)])
    K = torch.stack([torch.arange(4.0).reshape(2, 2), torch.arange(1.0, 5.0).reshape(2, 2)])
    print(corr2d_multi_in(X, K))  # [[56, 72], [104, 120]]

# %% [markdown]
# ## Several channels out

# %%
def corr2d_multi_in_out(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlation with several kernels, one output channel each: -> (co, oh, ow)."""
    channels = []
    for kernel in K:
        channels.append(corr2d_multi_in(X, kernel))
    return torch.stack(channels)


# %%
if __name__ == "__main__":
    print(corr2d_multi_in_out(X, torch.stack([K, K + 1, K + 2])))

# %% [markdown]
# ## The 1x1 kernel

# %%
def conv1x1(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Convolution with a 1x1 kernel, as one matrix product: (ci, H, W) -> (co, H, W)."""
    ci, H, W = X.shape
    if K.shape[1] != ci:
        raise ValueError("X and K need the same number of channels")
    if K.shape[2] != 1 or K.shape[3] != 1:
        raise ValueError("the kernel has to be 1x1")
    # one row per channel, one column per pixel
    pixels = X.reshape(ci, H * W)
    weights = K[:, :, 0, 0]
    return torch.mm(weights, pixels).reshape(-1, H, W)


# %%
if __name__ == "__main__":
    print(conv1x1(X, torch.tensor([[1.0, 1.0], [-1.0, 1.0]]).reshape(2, 2, 1, 1)))

# %% [markdown]
# ## A convolution is a matrix

# %%
def conv_as_linear(K: torch.Tensor, input_size: tuple[int, int]) -> torch.Tensor:
    """The matrix of the cross-correlation with K (stride 1, no padding): (oh * ow, H * W)."""
    h, w = K.shape
    H, W = input_size
    oh, ow = H - h + 1, W - w + 1
    if oh < 1 or ow < 1:
        raise ValueError("kernel is bigger than the input")
    # row (i, j): an image that is zero except for the kernel at place (i, j)
    rows = []
    for i in range(oh):
        for j in range(ow):
            image = torch.zeros(H, W, dtype=K.dtype)
            image[i : i + h, j : j + w] = K
            rows.append(image.flatten())
    return torch.stack(rows)


# %%
if __name__ == "__main__":
    print(conv_as_linear(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), (3, 3)))

# %% [markdown]
# ## Counting weights

# %%
def parameter_counts(in_shape, out_shape, kernel_size):
    """The number of weights of two layers from in_shape to out_shape, biases left out."""
    ci, H, W = in_shape
    co, oh, ow = out_shape
    h, w = kernel_size
    # fully connected: every number in with every number out
    return ci * H * W * co * oh * ow, co * ci * h * w


# %%
if __name__ == "__main__":
    print(parameter_counts((1, 6, 8), (1, 6, 7), (1, 2)))  # (2016, 2)

# %% [markdown]
# ## The real thing

# %%
def conv2d(x, weight, bias=None, stride=1, padding=0):
    """Cross-correlation of a batch, with the results of F.conv2d."""
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    N, ci, _, _ = x.shape
    co, _, h, w = weight.shape
    if weight.shape[1] != ci:
        raise ValueError("x and weight need the same number of input channels")

    P = F.pad(x, (pw, pw, ph, ph))
    if h > P.shape[2] or w > P.shape[3]:
        raise ValueError("kernel is bigger than the padded input")
    oh = (P.shape[2] - h) // sh + 1
    ow = (P.shape[3] - w) // sw + 1

    y = torch.zeros(N, co, oh, ow, dtype=x.dtype)
    kernels = weight.reshape(co, ci * h * w)
    for i in range(oh):
        for j in range(ow):
            # the same place in all images, for all the kernels at once
            boxes = P[:, :, i * sh : i * sh + h, j * sw : j * sw + w].reshape(N, ci * h * w)
            y[:, :, i, j] = boxes @ kernels.T
    if bias is not None:
        y = y + bias.reshape(1, co, 1, 1)
    return y


# %%
if __name__ == "__main__":
    x = torch.randn(2, 3, 9, 8, dtype=torch.float64)
    weight = torch.randn(4, 3, 5, 3, dtype=torch.float64)
    ours, theirs = conv2d(x, weight, stride=(2, 1), padding=2), F.conv2d(x, weight, None, (2, 1), 2)
    print(ours.shape, torch.allclose(ours, theirs))
