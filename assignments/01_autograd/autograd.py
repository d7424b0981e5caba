# %% [markdown]
# # 1 · Autograd
#
# Every network in this course learns by following gradients, and PyTorch finds them for you: it
# records what you compute and then walks the record backwards, which is called backpropagation
# (反向传播). For a loss, a single number, `loss.backward()` is all there is to say. This assignment
# is about outputs that are *not* a single number, because that is what every layer inside
# a network has to deal with.
#
# At the end you will know what `out.backward(v)` computes, why it wants a `v`, and how to get a
# full Jacobian out of it.

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


def outputs(a: torch.Tensor) -> torch.Tensor:
    """The function of this assignment, shape (1, 2) in and out; use it as you like.

    b = [a0**2 + a1, a1**2 + a0] and out = 2 * b
    """
    b = a**2 + a.flip(1)
    return 2 * b


# %% [markdown]
# ## A gradient needs a single number
#
# Our function takes two numbers to two numbers. With $a = [a_0, a_1]$, of shape (1, 2),
#
# $$b = [\,a_0^2 + a_1,\; a_1^2 + a_0\,], \qquad out = 2\,b .$$
#
# A gradient belongs to one number: which way should $a$ move to make *it* larger? Two outputs may
# want two different ways, so `out.backward()` refuses ("grad can be implicitly created only for
# scalar outputs"). What makes one number of two is a weight for each: $v$, of the shape of
# `out`. The gradient is then that of the weighted sum,
#
# $$g_j = \frac{\partial}{\partial a_j} \sum_i v_i\, out_i
#       = \sum_i v_i \frac{\partial\, out_i}{\partial a_j}, \qquad g = v J .$$
#
# $J$ is the Jacobian, the table of all $\partial\, out_i / \partial a_j$, and $v J$ is called a
# vector-Jacobian product. Autograd never builds $J$ for it: it carries $v$ backwards through one
# operation after the other.
#
# ```text
#   forward      a = [2, 4]  -->  b = [8, 18]  -->  out = [16, 36]
#   backward   g = [12, 34]  <--      [2, 4]   <--    v = [1, 2]
#                            d b / d a      d out / d b = 2
#
#        through b0     through b1        b0 = a0**2 + a1,  b1 = a1**2 + a0
#   12 = 2 * (2 * 2)  +  4 * 1
#   34 = 2 * 1        +  4 * (2 * 4)
# ```
#
# Where does $v$ come from in a real network? From the rest of it. If a loss is computed from `out`,
# then $v$ is the gradient of the loss with respect to `out`, and for this layer it is the
# **upstream gradient**: what arrives from the layers after it. The layer hands $v J$ on to the
# layers before it, whose upstream gradient that is. Backpropagation is this, again and again.
#
# **Where the gradient ends up.** `backward` does not return the gradient, it *adds* it to `.grad`
# of each leaf, that is, of each tensor you created with `requires_grad=True`. Added, because a
# tensor used in two places gets a gradient from both, and because that lets you sum over several
# batches. The price: call `backward` for a second loss and the first one's gradient is still in
# there, which is why training loops call `zero_grad()`. And a function that calls `backward` on a
# tensor that its caller lent it leaves something behind in the caller's `.grad`. Yours must not.
# `torch.autograd.grad` returns the gradients and adds to nothing, and `a.detach()` gives you the
# same values with no history and no `.grad`: either can help.
#
# **To think about.** Which $v$ gives the gradient of the first output alone? And which one do you
# use, without saying so, when you write `out.sum().backward()`?

# %%
def vjp(a: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The gradient of (v * out).sum() with respect to a, where out = outputs(a).

    Args:
        a: (1, 2), may or may not require grad
        v: (1, 2), the upstream gradient

    Returns:
        (1, 2), g[0, j] = sum over i of v[0, i] * (d out_i / d a_j)

    Example:
        a = [[2, 4]], v = [[1, 2]]: [[12, 34]]

    The caller's a and its .grad are the same afterwards, whether .grad was None or a tensor.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text, and what `backward` leaves in .grad when it is called twice.
if __name__ == "__main__":
    a = torch.tensor([[2.0, 4.0]], requires_grad=True)
    v = torch.tensor([[1.0, 2.0]])
    print(outputs(a))  # [[16, 36]]
    print(vjp(a, v))  # [[12, 34]]
    print(a.grad)  # None: nothing left behind

    outputs(a).backward(v)
    print(a.grad)  # [[12, 34]]
    outputs(a).backward(v)
    print(a.grad)  # [[24, 68]]: added, not replaced


# %% [markdown]
# ## The whole Jacobian, row by row
#
# Sometimes you do want all of $J$, for example to check a gradient written by hand. A
# vector-Jacobian product with $v = [1, 0]$ asks about the first output only, and its answer is the
# first row of $J$; $v = [0, 1]$ gives the second. One product for each output, and the rows
# stacked up are the Jacobian:
#
# $$J_{i,j} = \frac{\partial\, out_i}{\partial a_j}, \qquad \text{shape } (2, 2).$$
#
# ```text
#   a = [2, 4]                  d/da0  d/da1
#   v = [1, 0]   -->   out0   [   8      2  ]
#   v = [0, 1]   -->   out1   [   2     16  ]
#
#   and v = [1, 2] once more:   1 * [8, 2] + 2 * [2, 16] = [12, 34]
# ```
#
# Rows are outputs, columns are inputs. This function's Jacobian happens to be symmetric, so nothing
# here would show a mix-up of the two. Get it right all the same: most Jacobians are not
# symmetric, and most are not even square.
#
# A layer of a real network has millions of outputs, so its Jacobian would need millions of
# backward passes, and more memory than there is. Training needs only one: a loss is one
# number, and one product carries it all the way back.
#
# **To think about.** For a function with 3 inputs and 1000 outputs, how many vector-Jacobian
# products make the Jacobian? What would you wish for instead?

# %%
def jacobian(a: torch.Tensor) -> torch.Tensor:
    """The full Jacobian of outputs at a.

    Args:
        a: (1, 2), may or may not require grad

    Returns:
        (2, 2), J[i, j] = d out_i / d a_j: rows are outputs, columns are inputs

    Example:
        a = [[2, 4]]: [[8, 2], [2, 16]]

    The caller's a and its .grad are left alone, as in vjp.
    """
    raise NotImplementedError("your code goes here")


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    a = torch.tensor([[2.0, 4.0]])
    v = torch.tensor([[1.0, 2.0]])
    J = jacobian(a)
    print(J)  # [[8, 2], [2, 16]]
    print(v @ J)  # [[12, 34]], as before
