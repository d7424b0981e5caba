# %% [markdown]
# # 3 · Padding and stride

# %%
import torch

# %% [markdown]
# ## How large is the output?

# %%
def output_size(n: int, k: int, padding: int = 0, stride: int = 1, dilation: int = 1) -> int:
    """The number of places of a kernel along one direction."""
    if stride < 1:
        raise ValueError("stride has to be 1 or more")
    if padding < 0:
        raise ValueError("padding has to be 0 or more")
    covered = dilation * (k - 1) + 1
    room = n + 2 * padding - covered  # how far the kernel can still move to the right
    if room < 0:
        raise ValueError("kernel is bigger than the padded input")
    return room // stride + 1


# %%
if __name__ == "__main__":
    print(output_size(7, 3, stride=2), output_size(8, 3, stride=2))  # 3 3
    print(output_size(3, 2, padding=1))  # 4
    print(output_size(5, 2, dilation=3))  # 2

# %% [markdown]
# ## How much does an output see?

# %%
def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input places, along one direction, one output of the last layer spans."""
    # From the back: to compute `size` neighbours of this layer's output,
    # how many neighbours of its input do I need?
    size = 1
    for kernel, stride in reversed(layers):
        size = (size - 1) * stride + kernel
    return size


# %%
if __name__ == "__main__":
    print(receptive_field([]))  # 1
    print(receptive_field([(3, 2), (3, 1)]))  # 7
    print(receptive_field([(3, 1), (3, 2)]))  # 5: the order matters
    print(receptive_field([(7, 2), (3, 2), (3, 1)]))  # 19

# %% [markdown]
# ## Padding, side by side

# %%
def pad2d(X, left, right, top, bottom, value=0.0):
    """Put a border around the last two dimensions."""
    for amount in (left, right, top, bottom):
        if amount < 0:
            raise ValueError("cannot add a negative number of rows or columns")

    # 0.5 does not fit into a whole-number tensor
    if not X.is_floating_point() and value != round(value):
        X = X.double()
    *front, H, W = X.shape
    P = torch.full((*front, top + H + bottom, left + W + right), value, dtype=X.dtype)
    P[..., top : top + H, left : left + W] = X
    return P


# %%
if __name__ == "__main__":
    X = torch.arange(6.0).reshape(2, 3)
    print(pad2d(X, left=2, right=1, top=0, bottom=1, value=9))
    print(pad2d(X.expand(4, 5, 2, 3), 1, 1, 2, 2).shape)  # (4, 5, 6, 5)

# %% [markdown]
# ## Cross-correlation with padding and stride

# %%
def corr2d_pad_stride(X, K, padding=(0, 0), stride=(1, 1)):
    """Two-dimensional cross-correlation with zero padding and stride."""
    ph, pw = padding
    sh, sw = stride
    h, w = K.shape
    # output_size complains about everything that is not allowed
    oh = output_size(X.shape[0], h, ph, sh)
    ow = output_size(X.shape[1], w, pw, sw)

    P = pad2d(X, pw, pw, ph, ph)
    Y = torch.zeros(oh, ow, dtype=torch.result_type(X, K))
    for i in range(oh):
        for j in range(ow):
            window = P[i * sh : i * sh + h, j * sw : j * sw + w]
            Y[i, j] = (window * K).sum()
    return Y


# %%
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d_pad_stride(X, K))  # [[19, 25], [37, 43]]
    print(corr2d_pad_stride(X, K, padding=(1, 1)))
    print(corr2d_pad_stride(X, K, padding=(1, 1), stride=(3, 2)))  # [[0, 8], [6, 8]]
