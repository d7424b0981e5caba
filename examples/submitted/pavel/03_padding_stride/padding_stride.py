# %% [markdown]
# # 3 · Padding and stride
#
# A bare cross-correlation (互相关) shrinks its input at every layer, and it looks at the pixels of
# the border less often than at those of the middle. Padding (填充) cures the first and eases the
# second. Stride (步幅) shrinks on purpose: it skips places, so that a network sees more with
# less work.
#
# At the end you will be able to say how large any output is before you compute it, how much of the
# image a deep output can see, and you will have written padding on unequal sides and a
# cross-correlation with padding and stride.

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


# %% [markdown]
# ## How large is the output?
#
# One direction is enough, height and width never mix. There are n values, p places of padding
# **on each side**, a kernel (卷积核) of k values, and the kernel moves s places at a time. With a
# dilation (膨胀) of d, neighbouring kernel values lie d places apart, so the kernel covers
# $d(k-1)+1$ places; $d = 1$ is the ordinary kernel. Count the windows that fit:
#
# $$o = \left\lfloor \frac{n + 2p - d(k-1) - 1}{s} \right\rfloor + 1.$$
#
# ```text
#   n=7, k=3, p=0, s=2      0 1 2 3 4 5 6
#                          [0 1 2]
#                              [2 3 4]
#                                  [4 5 6]           3 windows
#
#   n=8                     0 1 2 3 4 5 6 7          3 windows too: place 7 is left over
#
#   n=3, k=2, p=1, s=1      . 0 1 2 .                4 windows: [. 0] [0 1] [1 2] [2 .]
#
#   n=5, k=2, d=3, s=1      0 1 2 3 4                2 windows: 0 and 3, 1 and 4
# ```
#
# **Two formulae, two meanings of padding.** In many texts you will read
# $n - k + p_{\text{total}} + 1$ (for stride 1). It is right as well, but its padding is the *total*
# of both sides, $p_{\text{total}} = 2p$. PyTorch's `padding=1` adds one place on each side, and so
# does `padding` here. It is easy to mix the two up:
#
# ```text
#   n=3, k=2, one place of padding on each side, s=1
#
#   per side    (3 + 2*1 - 1*(2-1) - 1) / 1 + 1 = 4         right
#   total        3 - 2 + 2 + 1                  = 4         right: the total is 2
#   mixed up     3 - 2 + 1 + 1                  = 3         wrong: p where the total belongs
# ```
#
# **Same padding.** With stride 1 and an odd kernel, $p = (k-1)/2$ on each side gives an output as
# large as the input: 1 for a kernel of 3, 2 for a kernel of 5. With an even kernel the total,
# $k - 1$, is odd. No p per side does it; the two sides have to differ (the next exercise but one).
#
# **A trap.** Where the kernel does not fit, the fraction is negative, and it must be rounded *down*
# there too: $\lfloor -1/2 \rfloor = -1$, which makes the size 0. Python's `//` rounds down,
# `int(-1 / 2)` gives 0 and a window that does not exist.
#
# **To think about.** Which input sizes does a layer with kernel 3, stride 2 and padding 1 halve
# exactly? Can you tell the input size from the output size?

# %%
def output_size(n: int, k: int, padding: int = 0, stride: int = 1, dilation: int = 1) -> int:
    """The number of places of a kernel along one direction.

    Args:
        n: size of the input
        k: size of the kernel
        padding: places added on each side, so 2 * padding in total
        stride: how far the kernel moves
        dilation: distance of neighbouring kernel values; 1 for the ordinary kernel

    Returns:
        floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1, an int

    Example:
        output_size(3, 2, padding=1) == 4
        output_size(3, 2, padding=1, stride=3) == 2

    Raises:
        ValueError: the result would be below 1, or stride < 1, or padding < 0
    """
    if stride < 1 or padding < 0:
        raise ValueError("stride or padding")
    o = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    if o < 1:
        raise ValueError("no place for the kernel")
    return o


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    print(output_size(7, 3, stride=2), output_size(8, 3, stride=2))  # 3 3
    print(output_size(3, 2, padding=1))  # 4
    print(output_size(5, 2, dilation=3))  # 2
    for k in (1, 3, 5, 7):
        print(output_size(32, k, padding=(k - 1) // 2))  # same padding: always 32


# %% [markdown]
# ## How much does an output see?
#
# The receptive field (感受野) of an output is the stretch of the input that it is computed from.
# Follow two layers along one direction, kernel 3 and stride 2, then kernel 3 and stride 1:
#
# ```text
#   input              0 1 2 3 4 5 6 7 8
#   first layer       [0 1 2]                     neighbours are 2 input places apart
#                         [2 3 4]
#                             [4 5 6]
#   second layer      [0 1 2 3 4 5 6]             3 neighbours of the first layer: 7 places
# ```
#
# Keep two numbers while you walk through the layers: the field r of one output, and the step j,
# how far apart in the *input* two neighbouring outputs lie. Before the first layer both are 1.
# A layer with kernel k and stride s joins k neighbours, which makes the field wider by $k - 1$
# steps, and then it makes the step s times as long:
#
# $$r \leftarrow r + (k - 1)\,j, \qquad\text{then}\qquad j \leftarrow j\,s.$$
#
# ```text
#   layer (k, s)        r                   j
#   none                1                   1
#   (3, 2)              1 + 2*1 = 3         2
#   (3, 1)              3 + 2*2 = 7         2
# ```
#
# Without strides the field grows by $k - 1$ a layer: a sum. Each stride multiplies everything that
# comes after it. The beginning of a common image network, [(7, 2), (3, 2), (3, 1)], already sees
# 7 + 2*2 + 2*4 = 19 places, where the same kernels with stride 1 would see 11.
#
# **To think about.** Does the stride of the last layer matter for the receptive field? Does
# padding? How many layers with kernel 3 and stride 1 does it take to see an image 224 wide?

# %%
def receptive_field(layers: list[tuple[int, int]]) -> int:
    """How many input places, along one direction, one output of the last layer spans.

    Args:
        layers: (kernel, stride) of every layer, the first layer first

    Returns:
        the span from the first to the last place, an int; 1 for no layers

    Example:
        receptive_field([(3, 2), (3, 1)]) == 7
    """
    r, j = 1, 1
    for k, s in layers:
        r, j = r + (k - 1) * j, j * s
    return r


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    print(receptive_field([]))  # 1
    print(receptive_field([(3, 2), (3, 1)]))  # 7
    print(receptive_field([(3, 1), (3, 2)]))  # 5: the order matters
    print(receptive_field([(7, 2), (3, 2), (3, 1)]))  # 19
    print(receptive_field([(7, 1), (3, 1), (3, 1)]))  # 11


# %% [markdown]
# ## Padding, side by side
#
# Padding makes a larger tensor and puts the input into it. With an input of shape $(\ldots, H, W)$
# the output has shape $(\ldots, H + \text{top} + \text{bottom}, W + \text{left} + \text{right})$:
# only the last two dimensions grow, and any dimensions before them stay as they are.
#
# $$Y_{\ldots,\,i,\,j} = \begin{cases}
# X_{\ldots,\,i - \text{top},\,j - \text{left}} & \text{where this lies inside } X, \\
# \text{value} & \text{elsewhere.}
# \end{cases}$$
#
# ```text
#   X (2x3)       left=2, right=1, top=0, bottom=1, value=9
#
#   0 1 2          9 9 0 1 2 9
#   3 4 5          9 9 3 4 5 9
#                  9 9 9 9 9 9
# ```
#
# Why would the sides differ? An even kernel needs it for an output as large as the input: for a
# kernel of 2x2, one row at the bottom and one column at the right will do. And in a series in time
# an output must not see the future, so all padding goes to the left. Why another value than zero?
# You will meet a case in pooling (池化), where the right padding is minus infinity.
#
# Mind the order. Here it is left, right, top, bottom, the width first. Sizes in pairs are height
# first, as in (H, W).
#
# **To think about.** With a 3x3 kernel and zero padding, how many products with a true pixel does
# an output in the corner have, and how many one in the middle? What does that do to the
# brightness at the border of a blurred photograph?

# %%
def pad2d(
    X: torch.Tensor, left: int, right: int, top: int, bottom: int, value: float = 0.0
) -> torch.Tensor:
    """Put a border around the last two dimensions.

    Args:
        X: (..., H, W), floating point or integer, with any number of dimensions in front
        left, right: columns to add
        top, bottom: rows to add
        value: what the new places hold

    Returns:
        (..., H + top + bottom, W + left + right)

    Example:
        pad2d(torch.tensor([[1, 2]]), left=0, right=1, top=1, bottom=0, value=9):
        [[9, 9, 9], [1, 2, 9]]

    Raises:
        ValueError: any of the four amounts is negative

    Not allowed: torch's padding (F.pad, nn.ConstantPad2d, nn.ZeroPad2d and kin).
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.arange(6.0).reshape(2, 3)
    print(pad2d(X, left=2, right=1, top=0, bottom=1, value=9))
    print(pad2d(X.expand(4, 5, 2, 3), 1, 1, 2, 2).shape)  # (4, 5, 6, 5)


# %% [markdown]
# ## Cross-correlation with padding and stride
#
# Pad the input with $p_h$ rows of zeros at the top and at the bottom and with $p_w$ columns on the
# left and on the right; call the result P. Then let the kernel move $s_h$ rows and $s_w$ columns
# at a time:
#
# $$Y_{i,j} = \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} P_{i s_h + a,\; j s_w + b}\; K_{a,b},$$
#
# an output of shape $(o_h, o_w)$, with the sizes of the first exercise in either direction. For
# X = 0..8, K = 0..3 and padding (1, 1):
#
# ```text
#       P                    stride (1, 1)            stride (3, 2)
#   . . . . .
#   . 0 1 2 .       K         0  3  8  4             [0] 3 [8] 4
#   . 3 4 5 .      0 1        9 19 25 10              9 19 25 10           0 8
#   . 6 7 8 .      2 3       21 37 43 16             21 37 43 16           6 8
#   . . . . .                 6  7  8  0             [6] 7 [8] 0
# ```
#
# Stride is nothing more than this: of the outputs with stride 1 it keeps every $s_h$-th row and
# every $s_w$-th column, the first one always. It never computes the others, and that is the point.
#
# As everywhere, the pairs `padding` and `stride` are (height, width).
#
# **To think about.** With a stride, a pixel of the input may be seen by no output at all. Find two
# ways in which that happens.

# %%
def corr2d_pad_stride(
    X: torch.Tensor,
    K: torch.Tensor,
    padding: tuple[int, int] = (0, 0),
    stride: tuple[int, int] = (1, 1),
) -> torch.Tensor:
    """Two-dimensional cross-correlation with zero padding and stride.

    Args:
        X: (H, W), floating point or integer
        K: (h, w)
        padding: (ph, pw): ph rows at the top and ph at the bottom, pw columns on either side
        stride: (sh, sw)

    Returns:
        (oh, ow), where P is the padded input and
        Y[i, j] = sum over a in 0..h-1 and b in 0..w-1 of P[i * sh + a, j * sw + b] * K[a, b]

    Example:
        X = 0..8 as (3, 3), K = 0..3 as (2, 2), padding (1, 1), stride (3, 2): [[0, 8], [6, 8]]

    Raises:
        ValueError: the padded input is smaller than the kernel in either direction,
            or a stride is < 1, or a padding is < 0

    Not allowed: torch's convolution operators. Your own pad2d, and F.pad, are fine.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text, and same padding.
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d_pad_stride(X, K))  # [[19, 25], [37, 43]]
    print(corr2d_pad_stride(X, K, padding=(1, 1)))
    print(corr2d_pad_stride(X, K, padding=(1, 1), stride=(3, 2)))  # [[0, 8], [6, 8]]

    # Same padding: (k - 1) / 2 on each side for an odd kernel, unequal sides for an even one.
    print(corr2d_pad_stride(X, torch.ones(3, 1), padding=(1, 0)).shape)  # (3, 3)
    print(corr2d_pad_stride(pad2d(X, left=0, right=1, top=0, bottom=1), K).shape)  # (3, 3)
