# %%
import torch

# %% [markdown]
# ## How large is the output?

# %%
def output_size(n, k, padding=0, stride=1, dilation=1):
    if stride < 1:
        raise ValueError("stride < 1")
    if padding < 0:
        raise ValueError("padding < 0")
    k = dilation * (k - 1) + 1
    # n - k + p + 1 from the lecture, and divided by the stride
    size = (n - k + padding) // stride + 1
    if size < 1:
        raise ValueError("kernel does not fit")
    return size


# %%
def receptive_field(layers):
    r = 1
    j = 1
    for k, s in layers:
        r = r + (k - 1) * j
        j = j * s
    return r


# %% [markdown]
# ## Padding, side by side

# %%
def pad2d(X, left, right, top, bottom, value=0.0):
    if left < 0 or right < 0 or top < 0 or bottom < 0:
        raise ValueError("negative padding")
    if not X.is_floating_point():
        X = X.double()
    H, W = X.shape[-2:]
    out = X.new_full(X.shape[:-2] + (H + top + bottom, W + left + right), value)
    out[..., top:top + H, left:left + W] = X
    return out


# %%
def corr2d_pad_stride(X, K, padding=(0, 0), stride=(1, 1)):
    if min(padding) < 0 or min(stride) < 1:
        raise ValueError("padding < 0 or stride < 1")
    P = pad2d(X, padding[1], padding[1], padding[0], padding[0])
    h, w = K.shape
    if h > P.shape[0] or w > P.shape[1]:
        raise ValueError("kernel does not fit")
    # Tensor.unfold again, it even has a step
    windows = P.unfold(0, h, stride[0]).unfold(1, w, stride[1])
    return (windows * K).sum((2, 3))


# %%
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    # 4x4, and output_size says 3. Does unfold count the padding twice?
    print(corr2d_pad_stride(X, K, padding=(1, 1)).shape, output_size(3, 2, padding=1))
