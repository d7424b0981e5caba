# %% [markdown]
# # 6 · The backward pass
#
# In backpropagation (反向传播) every layer answers one question. It is handed the upstream
# gradient `dY`, which says how the loss changes with each of the layer's outputs, and must say how
# the loss changes with each of its inputs. So far autograd has answered for you. Here you
# do it by hand, for convolution and for pooling, and then hand your answer back to autograd as an
# operator of your own.
#
# One thought carries through the whole sheet. **An input that took part in several outputs gets a
# share from each of them, and the shares add up.** An input that took part in none gets zero.
#
# In this assignment torch's forward operators (`F.conv2d`, `F.conv_transpose2d`, `F.unfold`,
# `F.fold`, `F.max_pool2d` with its indices) are allowed. Not allowed inside your functions are
# autograd (`backward`, `torch.autograd.grad`, `torch.func`) and torch's own backward operators
# (`torch.nn.grad`, `convolution_backward`, the pooling backwards). To check your work against
# autograd outside your functions is a good habit: the last cell shows how.

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
# ## One image, one kernel
#
# The cross-correlation (互相关) of $X$, shape $(H, W)$, with the kernel (卷积核) $K$, shape
# $(h, w)$, is
#
# $$Y_{i,j} = \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} X_{i+a,\,j+b}\; K_{a,b}.$$
#
# Each product $X_{i+a,\,j+b}\,K_{a,b}$ passes $dY_{i,j}$ on to its two factors: the kernel's entry
# gets $X_{i+a,\,j+b}\,dY_{i,j}$ and the input's entry gets $K_{a,b}\,dY_{i,j}$. Collected, that is
# a vector-Jacobian product without the Jacobian ever being built:
#
# $$dK_{a,b} = \sum_{i,j} X_{i+a,\,j+b}\; dY_{i,j}
# \qquad\qquad
# dX_{m,n} = \sum_{a,b} K_{a,b}\; dY_{m-a,\,n-b},$$
#
# where $dY$ counts as zero outside its bounds. The gradient has the shape of what it belongs to.
#
# ```text
#     X           K         dY            dX             dK
#   0 1 2        0 1        1 2         0  1  2         27 37
#   3 4 5        2 3        3 4         2 10 10         57 67
#   6 7 8                               6 17 12
#
#   the middle of dX lies in all four windows:  3*1 + 2*2 + 1*3 + 0*4 = 10
# ```
#
# **To think about.** The formula for $dK$ is itself a cross-correlation. Of what with what? And the
# one for $dX$: what happens to the kernel in it, and what to the borders of $dY$?

# %%
def corr2d_backward(
    dY: torch.Tensor, X: torch.Tensor, K: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """The gradients of Y = corr2d(X, K) for the upstream gradient dY.

    Args:
        dY: (H - h + 1, W - w + 1)
        X: (H, W)
        K: (h, w)

    Returns:
        (dX, dK) of shapes (H, W) and (h, w):
        dK[a, b] = sum over i, j of X[i + a, j + b] * dY[i, j]
        dX[m, n] = sum over a, b of K[a, b] * dY[m - a, n - b], where that is inside dY

    Example:
        X = 0..8, K = 0..3, dY = [[1, 2], [3, 4]]:
        dX = [[0, 1, 2], [2, 10, 10], [6, 17, 12]], dK = [[27, 37], [57, 67]]

    Not allowed: autograd and torch's backward operators.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    dY = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    dX, dK = corr2d_backward(dY, X, K)
    print(dX)  # [[0, 1, 2], [2, 10, 10], [6, 17, 12]]
    print(dK)  # [[27, 37], [57, 67]]


# %% [markdown]
# ## The whole layer: batch, channels, bias, stride, padding
#
# `F.conv2d` pads x, shape $(N, c_i, H, W)$, to $\tilde x$ and computes, with stride $(s_h, s_w)$,
# weight $(c_o, c_i, h, w)$ and bias $(c_o)$,
#
# $$y_{n,o,i,j} = \beta_o + \sum_{c,a,b} \tilde x_{n,c,\;i s_h + a,\;j s_w + b}\; k_{o,c,a,b}.$$
#
# The rule of the product is the same as before. Four things are new:
#
# - **batch and channels** (通道): the weight is shared by all images, so `dweight` sums over $n$.
#   Every input channel feeds all output channels, so `dx` sums over $o$.
# - **bias** (偏置): it is added at every place of every image, so `dbias` is `dY` summed over all
#   but the channel.
# - **stride** (步幅): output $(i, j)$ looks at $\tilde x$ from $(i s_h, j s_w)$ on. If the stride
#   leaves a remainder, the last rows or columns of the input are never reached; if it is larger
#   than the kernel, rows in between are skipped. Their gradient is zero, and `dx` still has
#   the shape of `x`.
# - **padding** (填充): shares that fall on the padding belong to nobody and are cut away.
#
# ```text
#   X = 0..8, K = 0..3, padding 1, stride (3, 2), dY = [[1, 2], [3, 4]]
#
#     padded X           Y           gradient of padded X         dX
#   [. .][. .] .                      0  1  0  2  .
#   [. 0][1 2] .        0 8           2  3  4  6  .             3 4 6
#    .  3  4 5 .        6 8           .  .  .  .  .             0 0 0      no window saw
#   [. 6][7 8] .                      0  3  0  4  .             3 0 4      this row
#   [. .][. .] .                      6  9  8 12  .
# ```
#
# **To think about.** Without stride, `dx` is the cross-correlation of the padded `dY` with the
# turned kernel. With stride 2 that fails. Where would zeros have to be put into `dY` to mend it?

# %%
def conv2d_backward(
    dY: torch.Tensor,
    x: torch.Tensor,
    weight: torch.Tensor,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradients of F.conv2d(x, weight, bias, stride, padding) for the upstream gradient dY.

    Args:
        dY: (N, co, oh, ow)
        x: (N, ci, H, W)
        weight: (co, ci, h, w)
        stride, padding: an int or a (height, width) pair

    Returns:
        (dx, dweight, dbias) of shapes (N, ci, H, W), (co, ci, h, w) and (co,)

    Example:
        X = 0..8, K = 0..3 and dY = [[1, 2], [3, 4]], each as a batch of one with one channel,
        stride (3, 2), padding 1: dx = [[3, 4, 6], [0, 0, 0], [3, 0, 4]]

    Not allowed: autograd and torch's backward operators.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    x = torch.arange(9.0).reshape(1, 1, 3, 3)
    weight = torch.arange(4.0).reshape(1, 1, 2, 2)
    dY = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    dx, dweight, dbias = conv2d_backward(dY, x, weight, stride=(3, 2), padding=1)
    print(dx)  # [[3, 4, 6], [0, 0, 0], [3, 0, 4]]
    print(dweight, dbias)  # [[28, 50], [2, 4]] and [10]


# %% [markdown]
# ## Max pooling (池化): the winner takes it
#
# Of a window only the largest value reaches the output, so the whole upstream gradient of that
# window goes to its place and the other places get nothing:
#
# $$dx_{m,n} = \sum_{(i,j)\,:\ x_{m,n} \text{ is the maximum of window } (i,j)} dY_{i,j}.$$
#
# Where windows overlap, one place can win several times, and then it gets several shares.
#
# ```text
#       x          2x2 windows, stride 1           dY          dx
#     0 1 2        all four have their             1 2        0  0 0
#     3 9 5        maximum at the 9                3 4        0 10 0
#     6 7 8                                                   0  0 0
# ```
#
# If the maximum of a window is tied, every way to share dY among the tied places is right, as long
# as each gets a fraction of it that is not negative and the fractions sum to 1. The padding counts
# as $-\infty$ and never wins.
#
# **To think about.** What does the forward pass have to remember, so that the backward pass
# need not look at x again?

# %%
def max_pool2d_backward(
    dY: torch.Tensor,
    x: torch.Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
) -> torch.Tensor:
    """The gradient of F.max_pool2d(x, kernel_size, stride, padding) for the upstream gradient dY.

    Args:
        dY: (N, C, oh, ow)
        x: (N, C, H, W)
        kernel_size, stride, padding: an int or a (height, width) pair;
            stride None means stride = kernel_size

    Returns:
        dx, (N, C, H, W): every dY[n, c, i, j] goes to the place of its window's maximum.
        Tied places may share it in any fractions that are not negative and sum to 1.

    Example:
        x = [[0, 1, 2], [3, 9, 5], [6, 7, 8]], kernel_size 2, stride 1,
        dY = [[1, 2], [3, 4]]: dx = [[0, 0, 0], [0, 10, 0], [0, 0, 0]]

    Not allowed: autograd and torch's backward operators.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    x = torch.tensor([[[[0.0, 1.0, 2.0], [3.0, 9.0, 5.0], [6.0, 7.0, 8.0]]]])
    dY = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    print(max_pool2d_backward(dY, x, 2, stride=1))  # [[0, 0, 0], [0, 10, 0], [0, 0, 0]]


# %% [markdown]
# ## Average pooling: equal shares
#
# Every place of a window adds $1/(hw)$ of its value to the mean, so every place gets back
# $1/(hw)$ of the window's upstream gradient:
#
# $$dx_{m,n} = \frac{1}{h\,w} \sum_{(i,j)\,:\ x_{m,n} \text{ lies in window } (i,j)} dY_{i,j}.$$
#
# ```text
#   3x3 input, 2x2 windows, stride 1, dY = [[1, 2], [3, 4]]
#
#     4 * dx  =   1    1+2     2              0.25  0.75  0.5
#                1+3 1+2+3+4  2+4       dx =  1     2.5   1.5
#                 3    3+4     4              0.75  1.75  1
# ```
#
# The divisor is $hw$ for every window, at the border too: this is `count_include_pad=True`, the
# default, and the padding keeps its share to itself.
#
# **To think about.** The input x is an argument here. What of it is needed, its values or only its
# shape? How is that for max pooling?

# %%
def avg_pool2d_backward(
    dY: torch.Tensor,
    x: torch.Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
) -> torch.Tensor:
    """The gradient of F.avg_pool2d(x, kernel_size, stride, padding) for the upstream gradient dY.

    Args:
        dY: (N, C, oh, ow)
        x: (N, C, H, W)
        kernel_size, stride, padding: an int or a (height, width) pair;
            stride None means stride = kernel_size

    Returns:
        dx, (N, C, H, W): every place of a window gets dY[n, c, i, j] / (h * w)
        (padding counts in the mean, so every window's divisor is h * w)

    Example:
        3x3 input, kernel_size 2, stride 1, dY = [[1, 2], [3, 4]]:
        dx = [[0.25, 0.75, 0.5], [1, 2.5, 1.5], [0.75, 1.75, 1]]

    Not allowed: autograd and torch's backward operators.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    x = torch.arange(9.0).reshape(1, 1, 3, 3)
    dY = torch.tensor([[[[1.0, 2.0], [3.0, 4.0]]]])
    print(avg_pool2d_backward(dY, x, 2, stride=1))
    # [[0.25, 0.75, 0.5], [1, 2.5, 1.5], [0.75, 1.75, 1]]


# %% [markdown]
# ## An operator of your own
#
# A `torch.autograd.Function` joins a forward and a backward so that autograd can use them. Both are
# static methods; `ctx` carries what the backward needs from the forward.
#
# ```text
#   Conv2dFunction.apply(x, weight, bias, stride, padding)
#
#     forward(ctx, x, weight, bias, stride, padding)  ->  y
#         |                                               :
#         | ctx: tensors by ctx.save_for_backward,        :   the rest of the network
#         |      plain numbers as attributes              :
#         v                                               v
#     backward(ctx, dY)  ->  dx, dweight, dbias, None, None
# ```
#
# The rules of the game:
#
# - `backward` returns one thing for each argument of `forward`, in the same order. The stride and
#   the padding are no tensors and get `None`.
# - Tensors are kept with `ctx.save_for_backward(...)` and come back as `ctx.saved_tensors`. Other
#   values are kept as attributes of `ctx`.
# - `ctx.needs_input_grad` is a tuple of bools, one for each argument: where it is False (a frozen
#   weight, say, or no bias at all) the gradient may be `None`.
#
# Calling `Conv2dFunction.apply(...)` and then `.backward()` on the result is of course autograd at
# work, and is how it gets tested. Only what you write inside the two methods must do without.
#
# **To think about.** Why does `save_for_backward` exist, when `ctx.x = x` seems to do the same?

# %%
class Conv2dFunction(torch.autograd.Function):
    """F.conv2d with a backward of your own: Conv2dFunction.apply(x, weight, bias, stride, padding).

    Shapes as in conv2d_backward. The bias may be None; stride and padding are an int or
    a (height, width) pair.

    Not allowed inside the two methods: autograd and torch's backward operators.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        """Return F.conv2d's result, (N, co, oh, ow), and keep in ctx what backward needs."""
        raise NotImplementedError("your code goes here")

    @staticmethod
    def backward(ctx, dY):
        """Return dx, dweight, dbias and None for stride and for padding.

        A gradient that is not needed (see ctx.needs_input_grad) may be None.
        """
        raise NotImplementedError("your code goes here")


# %%
# Try it: autograd calls your backward, and gradcheck compares it with finite differences.
if __name__ == "__main__":
    x = torch.randn(2, 3, 6, 5, dtype=torch.float64, requires_grad=True)
    weight = torch.randn(4, 3, 3, 2, dtype=torch.float64, requires_grad=True)
    bias = torch.randn(4, dtype=torch.float64, requires_grad=True)
    Conv2dFunction.apply(x, weight, bias, 2, 1).sum().backward()
    print(bias.grad)  # how many places each output channel has, 2 * 3 * 3 = 18
    print(torch.autograd.gradcheck(Conv2dFunction.apply, (x, weight, bias, (2, 1), 1)))  # True
    print(torch.autograd.gradcheck(Conv2dFunction.apply, (x, weight, None, 1, (0, 1))))  # True
