# %% [markdown]
# # 4 · Channels
#
# A colour image has three channels (通道), red, green and blue, and inside a network a layer may
# have hundreds: one feature map (特征图) for every pattern that it looks for. This assignment adds
# the channels, first those that come in, then those that go out, and then the batch.
#
# On the way you will see convolution from two other sides: as a matrix product at every pixel, and
# as one fully connected layer whose huge matrix is mostly zeros and uses the same few numbers over
# and over. At the end you will have written `F.conv2d` with bias, stride and padding.

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
# ## Several channels in
#
# An input with $c_i$ channels needs a kernel (卷积核) with $c_i$ channels. Each channel is
# cross-correlated (互相关) with its own slice of the kernel, and the results are **added**: with an
# input of shape $(c_i, H, W)$ and a kernel of shape $(c_i, h, w)$ the output has shape
# $(o_h, o_w) = (H - h + 1, W - w + 1)$, no channel left, and
#
# $$Y_{i,j} = \sum_{c=0}^{c_i-1} \sum_{a=0}^{h-1} \sum_{b=0}^{w-1}
#   X_{c,\,i+a,\,j+b}\; K_{c,a,b}.$$
#
# ```text
#   channel 0     0 1 2       0 1          19 25
#                 3 4 5   *   2 3    =     37 43
#                 6 7 8                      +               56  72
#                                                     =     104 120
#   channel 1     1 2 3       1 2          37 47
#                 4 5 6   *   3 4    =     67 77
#                 7 8 9
# ```
#
# Compare the channel counts before you compute. Where one of them is 1, torch would broadcast
# and hand you a result, without a complaint, that is not the operation you meant.
#
# **To think about.** A grey image is stored as a colour image with three equal channels. Which
# kernel with one channel gives the same output on the grey image?

# %%
def corr2d_multi_in(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlation of several channels, added up to a single one.

    Args:
        X: (ci, H, W), floating point or integer
        K: (ci, h, w)

    Returns:
        (oh, ow) = (H - h + 1, W - w + 1), where
        Y[i, j] = sum over c, a and b of X[c, i + a, j + b] * K[c, a, b]

    Example:
        X with channels 0..8 and 1..9, K with channels 0..3 and 1..4: [[56, 72], [104, 120]]

    Raises:
        ValueError: X and K differ in their number of channels

    Not allowed: torch's convolution operators (F.conv2d, nn.Conv2d, F.conv_transpose2d, ...).
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)])
    K = torch.stack([torch.arange(4.0).reshape(2, 2), torch.arange(1.0, 5.0).reshape(2, 2)])
    print(corr2d_multi_in(X, K))  # [[56, 72], [104, 120]]


# %% [markdown]
# ## Several channels out
#
# One kernel looks for one pattern. For $c_o$ patterns take $c_o$ kernels, each with all $c_i$ input
# channels, and stack them to a tensor of shape $(c_o, c_i, h, w)$. Each gives one output channel:
#
# $$Y_{o,i,j} = \sum_{c=0}^{c_i-1} \sum_{a=0}^{h-1} \sum_{b=0}^{w-1}
#   X_{c,\,i+a,\,j+b}\; K_{o,c,a,b},
# \qquad Y \text{ of shape } (c_o, o_h, o_w).$$
#
# ```text
#                     kernel 0:  K         56  72
#                   /                     104 120
#                  /
#   X  (2, 3, 3)  ---  kernel 1:  K + 1    76 100         stacked: (3, 2, 2)
#                  \                      148 172
#                   \
#                     kernel 2:  K + 2     96 128
#                                         192 224
# ```
#
# The order is the one torch uses everywhere: output channels first, then input channels.
# The input's channels are summed away, the kernel's output channels take their place. No output
# channel knows of another.
#
# **To think about.** From one output channel to the next, the four numbers of the example grow by
# 20, 28, 44 and 52, both times. Where do these four come from?

# %%
def corr2d_multi_in_out(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Cross-correlation with several kernels, one output channel each.

    Args:
        X: (ci, H, W), floating point or integer
        K: (co, ci, h, w)

    Returns:
        (co, oh, ow), where
        Y[o, i, j] = sum over c, a and b of X[c, i + a, j + b] * K[o, c, a, b]

    Example:
        X with channels 0..8 and 1..9, K of channels 0..3 and 1..4, the kernels K, K + 1, K + 2:
        [[56, 72], [104, 120]], [[76, 100], [148, 172]], [[96, 128], [192, 224]]

    Raises:
        ValueError: X and K differ in their number of input channels

    Not allowed: torch's convolution operators. Your own corr2d_multi_in is welcome.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)])
    K = torch.stack([torch.arange(4.0).reshape(2, 2), torch.arange(1.0, 5.0).reshape(2, 2)])
    print(corr2d_multi_in_out(X, torch.stack([K, K + 1, K + 2])))


# %% [markdown]
# ## The 1x1 kernel: a matrix product
#
# A kernel of size 1x1 sees no neighbours at all. What is left is the sum over channels: at every
# pixel, the $c_i$ input values are mixed to $c_o$ output values, by the same
# $c_o \times c_i$ matrix everywhere. Write the image as a matrix with one **column** per pixel:
#
# $$\underbrace{Y}_{c_o \times HW} = \underbrace{K}_{c_o \times c_i}\;
#   \underbrace{X}_{c_i \times HW}.$$
#
# ```text
#      K  (2x2)         X  (2x9, a column per pixel)          Y  (2x9)
#
#      1  1            0  1  2  3  4  5  6  7  8         1  3  5  7  9 11 13 15 17
#     -1  1            1  2  3  4  5  6  7  8  9         1  1  1  1  1  1  1  1  1
# ```
#
# That is a fully connected layer, applied to each pixel on its own. Networks use it to change the
# number of channels cheaply.
#
# Flatten the right dimensions: $(c_i, H, W)$ becomes $(c_i, HW)$. A reshape to $(HW, c_i)$
# runs without an error, and its columns are not channels.
#
# **To think about.** Two 1x1 convolutions one after the other, 64 → 8 → 64 channels: can a single
# 1x1 convolution do the same? How many weights do the two ways have? What changes with a ReLU
# in between?

# %%
def conv1x1(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Convolution with a 1x1 kernel, as one matrix product.

    Args:
        X: (ci, H, W)
        K: (co, ci, 1, 1)

    Returns:
        (co, H, W), where Y[o, i, j] = sum over c of K[o, c, 0, 0] * X[c, i, j]

    Example:
        X with channels 0..8 and 1..9, K = [[1, 1], [-1, 1]] as (2, 2, 1, 1):
        channel 0 is 1, 3, ..., 17 and channel 1 is 1 everywhere

    Raises:
        ValueError: X and K differ in their number of input channels, or K is not 1x1

    Not allowed: torch's convolution operators.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)])
    K = torch.tensor([[1.0, 1.0], [-1.0, 1.0]]).reshape(2, 2, 1, 1)
    print(conv1x1(X, K))  # 1, 3, ..., 17 and all ones


# %% [markdown]
# ## Convolution as a fully connected layer
#
# Every output of a cross-correlation is a weighted sum of inputs, so the whole operation is a
# matrix: read the input row by row as a vector of $H W$ numbers and the output as one of
# $o_h o_w$. Then $M$ has shape $(o_h o_w, H W)$, a row per output and a column per input, and
#
# $$M_{\,i\,o_w + j,\;\; (i+a)\,W + (j+b)} = K_{a,b}, \qquad \text{zero everywhere else.}$$
#
# ```text
#   input 3x3, kernel 2x2:            X[0, :]     X[1, :]     X[2, :]
#
#                        Y[0, 0]      p  q  .     r  s  .     .  .  .
#        p  q            Y[0, 1]      .  p  q     .  r  s     .  .  .
#   K =                  Y[1, 0]      .  .  .     p  q  .     r  s  .
#        r  s            Y[1, 1]      .  .  .     .  p  q     .  r  s
# ```
#
# Two things set this apart from an ordinary fully connected layer. The matrix is **sparse**: an
# output is tied to its window and to nothing else. And its weights are **shared**: every row holds
# the same four numbers. A fully connected layer from 9 inputs to 4 outputs has 36 weights to learn,
# this one has 4.
#
# Mind where a row ends: the window moves down a line, and the pattern in M jumps by more than one
# column.
#
# **To think about.** The transpose of M maps something of the output's size to something of the
# input's size. You will meet it again in the backward pass: what does it do to an upstream
# gradient?

# %%
def conv_as_linear(K: torch.Tensor, input_size: tuple[int, int]) -> torch.Tensor:
    """The matrix of the cross-correlation with K (stride 1, no padding).

    Args:
        K: (h, w)
        input_size: (H, W)

    Returns:
        M of shape (oh * ow, H * W), an ordinary (dense) tensor, where (oh, ow) =
        (H - h + 1, W - w + 1), with M @ X.flatten() == corr2d(X, K).flatten()
        for every X of shape (H, W)

    Example:
        K = [[1, 2]], input_size (1, 4): [[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]]

    Raises:
        ValueError: the kernel is larger than the input in either direction

    Not allowed: torch's convolution operators.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the matrix of the text, and the chapter's numbers once more.
if __name__ == "__main__":
    print(conv_as_linear(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), (3, 3)))  # p, q, r, s = 1, 2, 3, 4
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print((conv_as_linear(K, (3, 3)) @ X.flatten()).reshape(2, 2))  # [[19, 25], [37, 43]]


# %% [markdown]
# ## What sharing saves
#
# Count the weights, and leave the biases (偏置) out. A fully connected layer ties every input
# number to every output number; a convolution has one kernel for each pair of an input and an
# output channel:
#
# ```text
#                         weights
#   fully connected       (ci * H * W) * (co * oh * ow)
#   convolution           co * ci * h * w
# ```
#
# The size of the image enters the first line, twice, and is missing in the second.
#
# ```text
#   from             to               kernel       fully connected       convolution
#   (1, 6, 8)        (1, 6, 7)        (1, 2)                 2 016                 2
#   (3, 32, 32)      (16, 30, 30)     (3, 3)            44 236 800               432
#   (64, 224, 224)   (64, 224, 224)   (3, 3)    10 312 216 477 696            36 864
# ```
#
# The first line is the edge detector of the second assignment. The last is a layer of a common
# image network; in single precision the fully connected one would need 41 terabytes.
#
# **To think about.** What can the fully connected layer learn that the convolution cannot? For
# which images would you want that: photographs of any scene, or passport photographs?

# %%
def parameter_counts(
    in_shape: tuple[int, int, int],
    out_shape: tuple[int, int, int],
    kernel_size: tuple[int, int],
) -> tuple[int, int]:
    """The number of weights of two layers from in_shape to out_shape, biases left out.

    Args:
        in_shape: (ci, H, W)
        out_shape: (co, oh, ow), taken as it is: it need not follow from the kernel
        kernel_size: (h, w)

    Returns:
        (fully_connected, convolution), two ints

    Example:
        parameter_counts((1, 6, 8), (1, 6, 7), (1, 2)) == (2016, 2)
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the table of the text.
if __name__ == "__main__":
    print(parameter_counts((1, 6, 8), (1, 6, 7), (1, 2)))  # (2016, 2)
    print(parameter_counts((3, 32, 32), (16, 30, 30), (3, 3)))  # (44236800, 432)
    print(parameter_counts((64, 224, 224), (64, 224, 224), (3, 3)))


# %% [markdown]
# ## All together: conv2d
#
# Now the operation that networks run. A batch of N inputs, all channels, a bias for every output
# channel, zero padding (填充) on each side and stride (步幅), an int for both directions or a
# (height, width) pair. With P the padded input,
#
# $$Y_{n,o,i,j} = \text{bias}_o + \sum_{c=0}^{c_i-1} \sum_{a=0}^{h-1} \sum_{b=0}^{w-1}
#   P_{n,\,c,\,i s_h + a,\,j s_w + b}\; \text{weight}_{o,c,a,b}$$
#
# ```text
#   x         (N,  ci, H,  W )
#   weight    (co, ci, h,  w )        oh = floor((H + 2*ph - h) / sh) + 1
#   bias      (co,)                   ow = floor((W + 2*pw - w) / sw) + 1
#   Y         (N,  co, oh, ow)
# ```
#
# Nothing here is new, there is only more of it. One way that needs few loops: fix a place (a, b) in
# the kernel. The pixels it meets are one strided block of P, with shape $(N, c_i, o_h, o_w)$, and
# `weight[:, :, a, b]` is the matrix of a 1x1 convolution on it. Add these up over all (a, b).
# Another way: `F.unfold` writes every window as a column, and one matrix product does the rest.
#
# The two channels of before with the kernels K, K + 1, K + 2, bias [0, 100, -100], stride 2 and
# padding 1:
#
# ```text
#   output channel         0              1              2
#                        4  26        105 134        -94 -58
#                       57 120        177 272         -3 124
# ```
#
# **To think about.** The bias is added once to every output. What would come out if it were added
# inside the sum over c? And what does a layer with a bias answer to an image of zeros?

# %%
def conv2d(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> torch.Tensor:
    """Cross-correlation of a batch, with the results of F.conv2d.

    Args:
        x: (N, ci, H, W)
        weight: (co, ci, h, w)
        bias: (co,), or None for no bias
        stride, padding: an int or a (height, width) pair; padding is zeros, on each side

    Returns:
        (N, co, oh, ow) with oh = floor((H + 2 * ph - h) / sh) + 1, ow likewise

    Example:
        x of shape (8, 3, 32, 32), weight of shape (16, 3, 5, 5), stride 2, padding 2:
        the result has shape (8, 16, 16, 16)

    Raises:
        ValueError: x and weight differ in their number of input channels, or the padded
            input is smaller than the kernel in either direction

    Not allowed: torch's convolution operators. F.pad, F.unfold, einsum and matmul are fine.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text, then random ones against torch.
if __name__ == "__main__":
    X = torch.stack([torch.arange(9.0).reshape(3, 3), torch.arange(1.0, 10.0).reshape(3, 3)])
    K = torch.stack([torch.arange(4.0).reshape(2, 2), torch.arange(1.0, 5.0).reshape(2, 2)])
    weight = torch.stack([K, K + 1, K + 2])
    bias = torch.tensor([0.0, 100.0, -100.0])
    print(conv2d(X.reshape(1, 2, 3, 3), weight, bias, stride=2, padding=1))

    x = torch.randn(8, 3, 32, 32, dtype=torch.float64)
    weight = torch.randn(16, 3, 5, 5, dtype=torch.float64)
    ours, theirs = conv2d(x, weight, stride=(2, 1), padding=2), F.conv2d(x, weight, None, (2, 1), 2)
    print(ours.shape, torch.allclose(ours, theirs))  # (8, 16, 16, 32), True
