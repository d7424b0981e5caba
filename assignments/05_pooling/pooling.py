# %% [markdown]
# # 5 · Pooling
#
# A convolution says *where* something is, to the pixel. Often that is more than we want: an edge
# that moves by one pixel is still the same edge. Pooling (池化) slides a window over each feature
# map (特征图) and keeps one number of every window, the largest or the mean. It has no weights, so
# there is nothing to learn in it, and all the care goes into the borders.
#
# At the end you will have written max pooling and average pooling that agree with PyTorch's own
# for every window size, stride, padding and rounding mode.

# %% [markdown]
# ## The rules of every exercise
#
# - **Tensors in, tensors out.** Inputs are `torch` tensors. All floating-point tensors of one call
#   have the same dtype, and it is the dtype of the output, with its precision all the way: float64
#   in means float64 out, and nothing is rounded to float32 in between.
# - **Whole numbers.** `corr2d`, `true_conv2d`, `pad2d`, `corr2d_pad_stride`, `corr2d_multi_in`,
#   `corr2d_multi_in_out` and `pool2d` also take integer tensors. Their result may then be integer
#   or floating point, as long as its values are right.
# - **Inputs stay as they are.** Never change a tensor that you are given, nor its `.grad`.
# - **Gradients flow** through the output to every floating-point argument and parameter of
#   `corr2d`, `true_conv2d`, `Conv2D`, `pad2d`, `corr2d_pad_stride`, `corr2d_multi_in`,
#   `corr2d_multi_in_out`, `conv1x1`, `conv_as_linear`, `conv2d`, `pool2d`, `max_pool2d`,
#   `avg_pool2d` and `Conv2dFunction`. In all others only the values count: a result may or may not
#   require grad.
# - **Several results** are a tuple or a list. `losses` may be a list of numbers, a list of 0-d
#   tensors or a 1-D tensor. Counts and sizes are Python ints.
# - **Sizes in pairs** are `(height, width)`. In `conv2d`, the pools and their backwards an `int`
#   stands for both.
# - **Errors.** Raise `ValueError` where the docstring says so.
# - **Any right way is right:** loops over outputs, loops over kernel positions, `unfold`,
#   `as_strided`, `einsum`, im2col, FFT. Only what an exercise names as not allowed is out.
#
# ### What "not allowed" means
#
# What counts is what runs during a call of the exercise, by whatever path: under another name, in a
# helper function, in a thread. Code outside the exercises is yours. Under
# `if __name__ == "__main__":`, at the top level or in cells of your own you may use all of torch to
# check yourself.
#
# - **Convolution operators:** every way to torch's own convolution, forward or transposed:
#   `F.conv*`, `nn.Conv*`, `torch.conv*`, `torch.ops.aten.*conv*`. Allowed are `F.unfold`, `F.fold`,
#   matrix products and FFTs.
# - **Pooling operators:** torch's own max, average, adaptive, fractional and Lp pooling. Allowed are
#   `F.unfold`, `amax`, `mean` and the like.
# - **Padding operators:** `F.pad` and its kin, everything that ends in `constant_pad_nd`. Allowed is
#   to make the larger tensor yourself and copy into it.
# - **Backward operators:** `torch.nn.grad.*`, `convolution_backward` and the backwards of the pools.
#   Torch's *forward* operators (`F.conv2d`, `F.conv_transpose2d`, `F.max_pool2d` with indices,
#   `F.unfold`, `F.fold`) are allowed wherever only backward operators are out.
# - **Autograd:** any use of `backward`, `torch.autograd.grad`, `torch.func` or their kin. In a
#   `torch.autograd.Function` this is about what happens inside its `forward` and `backward`.

# %%
import torch
from torch.nn import functional as F


def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """An int stands for both directions: 2 and (2, 2) both give (2, 2). Use it as you like."""
    height, width = (value, value) if isinstance(value, int) else value
    return height, width


# %% [markdown]
# ## One window after another
#
# Pooling moves like the cross-correlation (互相关) you know, only there is no kernel (卷积核) to
# multiply with. With an input of shape $(H, W)$ and a window of shape $(h, w)$, the output has
# shape $(H - h + 1, W - w + 1)$ and
#
# $$Y_{i,j} = \max_{0 \le a < h,\; 0 \le b < w} X_{i+a,\,j+b}
# \qquad\text{or}\qquad
# Y_{i,j} = \frac{1}{h\,w} \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} X_{i+a,\,j+b}.$$
#
# ```text
#     X            2x2 windows          max       avg
#   0 1 2        0 1 | 1 2
#   3 4 5        3 4 | 4 5             4 5       2 3
#   6 7 8        ----+----             7 8       5 6
#                3 4 | 4 5
#                6 7 | 7 8
# ```
#
# The mean of whole numbers need not be whole: an integer input may give a floating-point output,
# as long as the values are right.
#
# **To think about.** Max pooling twice with a 3x3 window is the same as max pooling once with a
# larger one. How large? Is the same true of the mean?

# %%
def pool2d(X: torch.Tensor, pool_size: int | tuple[int, int], mode: str = "max") -> torch.Tensor:
    """The largest or the mean value of every window, with stride 1 and no padding.

    Args:
        X: (H, W), floating point or integer
        pool_size: (h, w), or an int for both
        mode: "max" or "avg"

    Returns:
        (H - h + 1, W - w + 1), where Y[i, j] is the maximum or the mean of
        X[i : i + h, j : j + w]

    Example:
        X = 0..8 as (3, 3) with 2x2 windows: max [[4, 5], [7, 8]], avg [[2, 3], [5, 6]]

    Raises:
        ValueError: mode is neither "max" nor "avg"

    Not allowed: torch's pooling operators, max, average, adaptive or any other.
    F.unfold, amax, mean and the like are fine.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    print(pool2d(X, (2, 2)))  # [[4, 5], [7, 8]]
    print(pool2d(X, (2, 2), mode="avg"))  # [[2, 3], [5, 6]]


# %% [markdown]
# ## Max pooling with stride, padding and ceil mode
#
# In a network, pooling works on a batch, shape $(N, C, H, W)$, and treats each channel (通道) on
# its own: the output has as many channels as the input. Windows usually do not overlap, so the
# stride (步幅) is the window's own size unless you say otherwise.
#
# **Padding** (填充). Padding must never win the maximum, so it counts as $-\infty$, not as zero.
# Look at 0..15 as (4, 4), window 3, padding 1, stride 2:
#
# ```text
#   .  .  .  .  .  .
#   .  0  1  2  3  .        windows start at rows and columns
#   .  4  5  6  7  .        0 and 2 of the padded input         5  7
#   .  8  9 10 11  .                                           13 15
#   . 12 13 14 15  .
#   .  .  .  .  .  .
# ```
#
# Here zeros in place of the dots would give the same four numbers. That proves little: this input
# has no negative values. Padding may be at most half the window, so that every window holds
# at least one true value.
#
# **How many windows?** Along one direction with n values, window k, padding p on each side and
# stride s, the windows that fit are
#
# $$\left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1 ,$$
#
# and the values that are left over at the end take no part. With `ceil_mode=True` the division
# rounds up: one more window may hang over the end, and places beyond the end do not count. One
# rule goes with it: **the last window must start inside the input or the left padding** (the top
# padding, downward). One that would start in the right padding or beyond is dropped.
#
# ```text
#   n=5, k=2, s=2, p=0     1  2  3  4  5          floor: 2 windows
#                         [1  2][3  4][5   ]      ceil:  3 windows, the last hangs over
#
#   n=3, k=2, s=2, p=1     .  1  2  3  .          floor: 2 windows
#                         [.  1][2  3][.   ]      ceil:  2 windows, the third would start
#                                                        in the right padding
# ```
#
# **To think about.** When the maximum occurs twice in a window, which of the two places should the
# gradient go to? PyTorch's own pooling takes the first, `amax` shares evenly. Both are accepted.

# %%
def max_pool2d(
    x: torch.Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    ceil_mode: bool = False,
) -> torch.Tensor:
    """Max pooling of every channel, with the results of F.max_pool2d.

    Args:
        x: (N, C, H, W)
        kernel_size, stride, padding: an int or a (height, width) pair;
            stride None means stride = kernel_size
        ceil_mode: round the number of windows up; the last window must still start
            inside the input or the left (top) padding

    Returns:
        (N, C, oh, ow), the maximum of every window; padding counts as minus infinity

    Example:
        0..15 as (1, 1, 4, 4), kernel_size 3, stride 2, padding 1: [[5, 7], [13, 15]]

    Raises:
        ValueError: padding is more than half the kernel, in either direction

    Not allowed: torch's pooling operators, max, average, adaptive or any other.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    print(max_pool2d(x, 3, stride=2, padding=1))  # [[5, 7], [13, 15]]

    row = torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]).reshape(1, 1, 1, 5)
    print(max_pool2d(row, (1, 2)))  # [2, 4]
    print(max_pool2d(row, (1, 2), ceil_mode=True))  # [2, 4, 5]
    print(max_pool2d(row[..., :3], (1, 2), padding=(0, 1), ceil_mode=True))  # [1, 3]


# %% [markdown]
# ## Average pooling: what to divide by
#
# The windows are the same as before. Padding adds zeros to the sum, so the only question is the
# divisor, and there are two answers:
#
# - `count_include_pad=True`: the padding counts. Divide by the number of places of the window that
#   lie inside the padded input.
# - `count_include_pad=False`: only true values count. Divide by the number of places of the window
#   that lie inside the input.
#
# On 0..15 as (4, 4) with window 3, padding 1 and stride 2 the first gives
# [[1.1111, 2.6667], [5.6667, 10]] and the second [[2.5, 4], [8.5, 10]].
#
# Ceil mode adds a third kind of place, beyond the padding, where a window hangs over the *padded*
# border. Those places are counted in neither case.
#
# ```text
#   n=4, k=3, s=2, p=1, ceil       .  1  2  3  4  .  |
#                                 [.  1  2]          |         sum  3
#                                       [2  3  4]    |         sum  9
#                                             [4  .  |  ]      sum  4
#
#   count_include_pad=True      divisors 3 3 2       means 1   3  2
#   count_include_pad=False     divisors 2 3 1       means 1.5 3  4
# ```
#
# **To think about.** Average pooling without padding is a cross-correlation in disguise. With which
# kernel? And why is there no such kernel for max pooling?

# %%
def avg_pool2d(
    x: torch.Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> torch.Tensor:
    """Average pooling of every channel, with the results of F.avg_pool2d.

    Args:
        x: (N, C, H, W)
        kernel_size, stride, padding, ceil_mode: as in max_pool2d
        count_include_pad: whether the divisor counts places in the padding;
            places beyond the padding (ceil_mode) are never counted

    Returns:
        (N, C, oh, ow), the sum of every window, padding counting as zero, over its divisor

    Example:
        0..15 as (1, 1, 4, 4), kernel_size 3, stride 2, padding 1, count_include_pad False:
        [[2.5, 4], [8.5, 10]]

    Raises:
        ValueError: padding is more than half the kernel, in either direction

    Not allowed: torch's pooling operators, max, average, adaptive or any other.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    print(avg_pool2d(x, 3, stride=2, padding=1))  # [[1.1111, 2.6667], [5.6667, 10]]
    print(avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False))  # [[2.5, 4], [8.5, 10]]

    row = torch.tensor([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 1, 4)
    for include in (True, False):  # [1, 3, 2], then [1.5, 3, 4]
        print(avg_pool2d(row, (1, 3), (1, 2), (0, 1), ceil_mode=True, count_include_pad=include))
