# %% [markdown]
# # 2 · Cross-correlation
#
# A fully connected layer gives every pixel of an image a weight of its own. A convolutional layer
# has a handful of weights, the kernel (卷积核), and uses the same ones everywhere. The operation
# behind it is small enough to do with pencil and paper: it is called cross-correlation (互相关).
#
# At the end you will have written that operation, its mirrored twin that mathematicians call
# convolution, and a layer around it, and your own gradient descent will have found an edge detector
# from nothing but an image and the answer you want.

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
from torch import nn


# %% [markdown]
# ## Sliding a window
#
# Lay the kernel on the top left corner of the input, multiply each pair of numbers that lie on top
# of each other, and add the products: one number of the output. Move one place to the right and do
# it again; at the end of the row, go one row down. With an input of shape $(H, W)$ and a kernel of
# shape $(h, w)$ there are $(H - h + 1) \times (W - w + 1)$ places where the kernel fits, and
#
# $$Y_{i,j} = \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} X_{i+a,\,j+b}\; K_{a,b}.$$
#
# ```text
#      X              K             Y
#   [0 1] 2          0 1         [19] 25        0*0 + 1*1 + 3*2 + 4*3 = 19
#   [3 4] 5          2 3          37  43
#    6 7  8
#
#    0 [1 2]         0 1          19 [25]       1*0 + 2*1 + 4*2 + 5*3 = 25
#    3 [4 5]         2 3          37  43
#    6  7 8
# ```
#
# There are two good ways to read the formula: one output at a time, as in the picture, or one
# kernel entry at a time: `K[a, b]` multiplies a whole block of the input, and the blocks add up.
#
# **To think about.** Why $H - h + 1$ and not $H - h$? And what is the output when the kernel
# is exactly as large as the input?

# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Slide the kernel over the input and take the weighted sum at every place.

    Args:
        X: (H, W), floating point or integer
        K: (h, w)

    Returns:
        (H - h + 1, W - w + 1), where
        Y[i, j] = sum over a in 0..h-1 and b in 0..w-1 of X[i + a, j + b] * K[a, b]

    Example:
        X = 0..8 as (3, 3), K = 0..3 as (2, 2): [[19, 25], [37, 43]]

    Raises:
        ValueError: the kernel is larger than the input in either direction

    Not allowed: torch's convolution operators (F.conv2d, nn.Conv2d, F.conv_transpose2d, ...).
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d(X, K))  # [[19, 25], [37, 43]]


# %% [markdown]
# ## What mathematicians call convolution
#
# In a mathematics book, convolution runs over the input in one direction and over the kernel in the
# other. Kept to the places where the kernel fits (the "valid" size), it is
#
# $$Y_{i,j} = \sum_{a=0}^{h-1} \sum_{b=0}^{w-1} X_{i+a,\,j+b}\; K_{h-1-a,\,w-1-b}:$$
#
# the kernel is turned by 180°, flipped upside down *and* left to right, and then slides as before.
#
# ```text
#     K        turned          X
#    0 1        3 2         [0 1] 2       0*3 + 1*2 + 3*1 + 4*0 =  5          5 11
#    2 3        1 0         [3 4] 5                                          23 29
#                            6 7  8
# ```
#
# So the same X and K give [[5, 11], [23, 29]], not [[19, 25], [37, 43]]. Why, then, do deep
# learning libraries say convolution when they compute cross-correlation? Because their kernels are
# *learned*. From the same data, a layer built on true convolution learns the same kernel turned by
# 180°, and its output is the same. Up to that flip the two are one layer, so nobody pays for the
# turning. It matters only when a kernel comes from outside: from a book, or from another library.
#
# **To think about.** For which kernels do the two operations agree on every input?
# And what do you get when you turn a kernel by 180° twice?

# %%
def true_conv2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """The mathematical convolution, at the places where the kernel fits.

    Args:
        X: (H, W), floating point or integer
        K: (h, w)

    Returns:
        (H - h + 1, W - w + 1), where
        Y[i, j] = sum over a in 0..h-1 and b in 0..w-1 of X[i + a, j + b] * K[h-1-a, w-1-b]

    Example:
        X = 0..8 as (3, 3), K = 0..3 as (2, 2): [[5, 11], [23, 29]]

    Raises:
        ValueError: the kernel is larger than the input in either direction

    Not allowed: torch's convolution operators. Your own corr2d is welcome.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(true_conv2d(X, K))  # [[5, 11], [23, 29]]


# %% [markdown]
# ## A layer
#
# A convolutional layer is a cross-correlation with a kernel that can be learned, plus one learned
# number, the bias (偏置), that is added everywhere:
#
# $$Y = \mathrm{corr2d}(X, \mathrm{weight}) + \mathrm{bias}.$$
#
# `weight` has the kernel's shape $(h, w)$, `bias` the shape $(1,)$. Wrapped in `nn.Parameter`,
# both are found by `layer.parameters()` and by every optimiser. This layer has $h w + 1$ numbers
# to learn, whatever the size of the image. Where they start is up to you; small random weights
# are the custom.
#
# What can so few numbers do? Take an image of 6 rows and 8 columns, white (1) with a black (0)
# stripe in the middle, and the kernel [[1, -1]]: the left neighbour minus the right one.
#
# ```text
#   X, each row     1  1  0  0  0  0  1  1
#   Y, each row       0  1  0  0  0 -1  0        1: white to black, -1: black to white
# ```
#
# Where the image is flat the answer is 0, at an edge it is 1 or -1, and its sign says which way the
# edge goes. The transposed image (8 rows, 6 columns, its stripe lying down) gives nothing but
# zeros: this kernel sees vertical edges only.
#
# **To think about.** Which kernel finds the edges of the transposed image? Is there one kernel that
# answers to both kinds of edge, and what would it do at a corner?

# %%
class Conv2D(nn.Module):
    """A two-dimensional convolutional layer with one input and one output channel.

    Conv2D((h, w)) has the parameters
        weight: (h, w)
        bias: (1,)

    Example:
        Conv2D((1, 2)) maps an image of shape (6, 8) to (6, 7)

    Not allowed: torch's convolution operators and layers.
    """

    def __init__(self, kernel_size: tuple[int, int]) -> None:
        """Create the two parameters, `weight` and `bias`, with start values of your choice."""
        super().__init__()
        raise NotImplementedError("your code goes here")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(H, W) -> (H - h + 1, W - w + 1): the cross-correlation of x and weight, plus bias.

        Raises:
            ValueError: the kernel is larger than the input in either direction
        """
        raise NotImplementedError("your code goes here")


# %%
# Try it: the edge detector of the text, written into a layer by hand.
if __name__ == "__main__":
    image = torch.ones(6, 8)
    image[:, 2:6] = 0
    layer = Conv2D((1, 2))
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, -1.0]]))
        layer.bias.zero_()
        print(layer(image))  # each row [0, 1, 0, 0, 0, -1, 0]
        print(layer(image.T).abs().max())  # 0: all zeros


# %% [markdown]
# ## Two words for what you have built
#
# **Feature map** (特征图). The output of the layer is an image again: at every place it says how
# strongly the kernel's pattern is present there. For the kernel [[1, -1]] that pattern, the
# feature, is a vertical edge. Because the same weights are used everywhere, an image that moves
# moves its feature map by just as much.
#
# **Receptive field** (感受野). The receptive field of an output is all of the input that can change
# it. After one layer it is a window of the kernel's size; put a second layer on top and it grows:
#
# ```text
#   X  (4x4)             first 2x2 kernel       second 2x2 kernel
#   # # # .
#   # # # .                # # .                   # .
#   # # # .                # # .                   . .
#   . . . .                . . .
# ```
#
# One number on the right comes from 2x2 numbers in the middle, and those from 3x3 pixels on
# the left. This is how a deep network sees large things with small kernels. The next assignment
# counts receptive fields in general.
#
# **To think about.** Two 3x3 kernels, one after the other, or a single 5x5 kernel: the receptive
# field is the same. How many weights does each have?

# %% [markdown]
# ## Learning the kernel
#
# Suppose you have the 6x8 image X and its edges Y, but not the kernel. Start with any weight and
# bias and let gradient descent look for it. The loss is the sum of squared errors over all outputs,
#
# $$L = \sum_{i,j} \bigl(\mathrm{corr2d}(X, \mathrm{weight})_{i,j} +
#     \mathrm{bias} - Y_{i,j}\bigr)^2,$$
#
# a sum, not a mean, and each step moves both parameters against their gradients:
#
# ```text
#   repeat `steps` times:
#       compute the loss and write it down        losses[i] is the loss before update i
#       weight  <-  weight - lr * dL/dweight      both gradients at the old weight and bias
#       bias    <-  bias   - lr * dL/dbias
# ```
#
# From weight [[0, 0]] and bias 0, with lr = 0.01 and 30 steps, the losses are
#
# ```text
#   step      1        5        10       15       20       25       30
#   loss   12.0000   4.3156   1.2019   0.3347   0.0932   0.0260   0.0072
# ```
#
# and you end with weight [[0.9784, -0.9784]] and bias 0: nearly [[1, -1]], found from one example.
# From weight [[0.5, 0.25]] and bias 0.1 the loss falls from 20.745 to 0.0055, and the
# weight becomes [[0.9814, -0.9808]].
#
# **How large may the learning rate be?** Write the 42 windows of X as the rows of a matrix A, with
# a 1 at the end of each row for the bias: 3 columns for 3 parameters. The loss is quadratic, with
# Hessian $2 A^\top A$, and one step multiplies the error along an eigenvector of $A^\top A$ with
# eigenvalue $\lambda$ by $1 - 2\,\mathrm{lr}\,\lambda$. It shrinks only while
# $\mathrm{lr} < 1/\lambda$, so the largest eigenvalue decides:
#
# ```text
#            18 12 18
#   A^T A =  12 18 18        eigenvalues 62.15, 9.85 and 6        1 / 62.15 = 0.0161
#            18 18 42
# ```
#
# With a bias, lr must therefore stay under 0.0161. Without one (the upper left 2x2 block, largest
# eigenvalue 30) lr could go up to 0.0333: a bias that touches all 42 outputs makes the loss
# steeper. Above the limit the loss explodes from almost every start. The start at zero is an
# exception: all its error lies along [1, -1, 0], the gentle eigenvector with eigenvalue 6, so it
# says nothing about what lr is safe.
#
# **To think about.** From zero with lr = 0.01, by what factor does the loss shrink in every
# step? You can tell from the eigenvalue 6 alone; compare with the table.

# %%
def fit_kernel(
    X: torch.Tensor,
    Y: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor,
    lr: float,
    steps: int,
) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """Fit corr2d(X, weight) + bias to Y by plain gradient descent on the sum of squared errors.

    Args:
        X: (H, W), the input
        Y: (H - h + 1, W - w + 1), the output you want
        weight: (h, w), where to start; a tensor or nn.Parameter, may require grad
        bias: (1,), likewise
        lr: the learning rate
        steps: the number of updates; 0 changes nothing

    Returns:
        (weight, bias, losses): new tensors with the fitted values, and one loss a step;
        losses[i] is the loss before update i, so len(losses) == steps.
        The weight and bias that were passed in, and their .grad, are left as they were.

    Raises:
        ValueError: steps is negative

    Not allowed: torch's convolution operators. Autograd is allowed; so is a gradient by hand.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    image = torch.ones(6, 8)
    image[:, 2:6] = 0
    edges = torch.zeros(6, 7)
    edges[:, 1] = 1
    edges[:, 5] = -1

    weight, bias, losses = fit_kernel(image, edges, torch.zeros(1, 2), torch.zeros(1), 0.01, 30)
    for step in (1, 5, 10, 15, 20, 25, 30):
        print(f"step {step:2}: loss {float(losses[step - 1]):.4f}")
    print(weight, bias)  # [[0.9784, -0.9784]], 0

    start = torch.tensor([[0.5, 0.25]]), torch.tensor([0.1])
    weight, bias, losses = fit_kernel(image, edges, *start, lr=0.01, steps=30)
    print(float(losses[0]), float(losses[-1]))  # 20.745, 0.0055
    print(weight, bias)  # [[0.9814, -0.9808]]

    # Just below and just above the largest learning rate.
    for lr in (0.0160, 0.0162):
        weight, bias, losses = fit_kernel(image, edges, *start, lr=lr, steps=500)
        print(f"lr {lr}: loss {float(losses[0]):.4f} -> {float(losses[-1]):.4g}")
