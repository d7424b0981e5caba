# Generated from solutions/04_channels/test_channels.py by `autograder release`; do not edit.
"""Public tests: run them with `autograder check`, or with plain `pytest` in this folder."""

import pytest
import torch

from autograder.testing import (
    assert_close,
    assert_gradient,
    assert_raises,
    assert_same_number,
    reference,
)

X = torch.stack([torch.arange(9.0), torch.arange(1.0, 10.0)]).double().reshape(2, 3, 3)
K = torch.stack([torch.arange(4.0), torch.arange(1.0, 5.0)]).double().reshape(2, 2, 2)
MULTI_OUT = [[[56, 72], [104, 120]], [[76, 100], [148, 172]], [[96, 128], [192, 224]]]


def window(X, K):
    """The part of X, in all its channels, that the kernel covers at a place of the output."""
    *_, h, w = K.shape
    return lambda *place: X[:, place[-2] : place[-2] + h, place[-1] : place[-1] + w]


# --- corr2d_multi_in -----------------------------------------------------------------------------


@pytest.mark.smallest(reference.corr2d_multi_in, X="C H W", K="C h w", window=window)
@pytest.mark.hint("Correlate each channel with its own slice of the kernel, then add the results.")
def test_corr2d_multi_in_example(corr2d_multi_in):
    """The example of the text: two channels in."""
    expected = torch.tensor([[56.0, 72.0], [104.0, 120.0]])
    assert_close(corr2d_multi_in(X, K), expected, window=window(X, K))


@pytest.mark.smallest(reference.corr2d_multi_in, X="C H W", K="C h w", window=window)
@pytest.mark.hint("The output has H − h + 1 rows and W − w + 1 columns, and no channels any more.")
def test_corr2d_multi_in_non_square(corr2d_multi_in, rng):
    """Channels, height and width may all differ."""
    X, K = rng.whole(3, 3, 5), rng.whole(3, 1, 2)
    assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K), window=window(X, K))


@pytest.mark.hint("Build the result with torch operations: .item(), .data and no_grad cut it off.")
def test_corr2d_multi_in_gradient(corr2d_multi_in, rng):
    """Gradients flow back to the input and the kernel."""
    X, K, V = rng.whole(2, 3, 4), rng.whole(2, 2, 2), rng.whole(2, 3)
    _, got = corr2d_multi_in.vjp(X, K, upstream=V)
    dX, dK = reference.vjp(reference.corr2d_multi_in, X, K, upstream=V)
    assert_gradient(got["0"], dX, of="the input")
    assert_gradient(got["1"], dK, of="the kernel")


@pytest.mark.hint("Compare X.shape[0] with K.shape[0] before you compute anything.")
def test_corr2d_multi_in_channel_mismatch(corr2d_multi_in):
    """Different numbers of channels are a ValueError."""
    assert_close(corr2d_multi_in(X, K), reference.corr2d_multi_in(X, K), window=window(X, K))
    assert_raises(ValueError, corr2d_multi_in, X, K[:1])


# --- corr2d_multi_in_out -------------------------------------------------------------------------


@pytest.mark.smallest(reference.corr2d_multi_in_out, X="C H W", K="O C h w", window=window)
@pytest.mark.hint("K[o] is a kernel for corr2d_multi_in; stack what the kernels give.")
def test_corr2d_multi_in_out_example(corr2d_multi_in_out):
    """The example of the text: the kernels K, K + 1 and K + 2."""
    kernels = torch.stack([K, K + 1, K + 2])
    expected = torch.tensor(MULTI_OUT, dtype=torch.float64)
    assert_close(corr2d_multi_in_out(X, kernels), expected, window=window(X, kernels))


@pytest.mark.smallest(reference.corr2d_multi_in_out, X="C H W", K="O C h w", window=window)
@pytest.mark.hint("The kernel is (co, ci, h, w), the output (co, oh, ow): where did ci go?")
def test_corr2d_multi_in_out_non_square(corr2d_multi_in_out, rng):
    """Channels in and out, height and width may all differ."""
    X, K = rng.whole(3, 3, 4), rng.whole(2, 3, 1, 2)
    expected = reference.corr2d_multi_in_out(X, K)
    assert_close(corr2d_multi_in_out(X, K), expected, window=window(X, K))


@pytest.mark.hint("torch.stack keeps the gradients; torch.tensor of a list makes a copy without.")
def test_corr2d_multi_in_out_gradient(corr2d_multi_in_out, rng):
    """Gradients flow back to the input and the kernels."""
    X, K, V = rng.whole(2, 3, 4), rng.whole(3, 2, 2, 2), rng.whole(3, 2, 3)
    _, got = corr2d_multi_in_out.vjp(X, K, upstream=V)
    dX, dK = reference.vjp(reference.corr2d_multi_in_out, X, K, upstream=V)
    assert_gradient(got["0"], dX, of="the input")
    assert_gradient(got["1"], dK, of="the kernels")


@pytest.mark.hint("K has two channel dimensions now: which of them belongs to the input?")
def test_corr2d_multi_in_out_channel_mismatch(corr2d_multi_in_out):
    """Different numbers of input channels are a ValueError."""
    kernels = torch.stack([K, K + 1, K + 2])
    assert_close(corr2d_multi_in_out(X, kernels), torch.tensor(MULTI_OUT, dtype=torch.float64))
    assert_raises(ValueError, corr2d_multi_in_out, X, kernels[:, :1])


# --- conv1x1 -------------------------------------------------------------------------------------


@pytest.mark.smallest(reference.corr2d_multi_in_out, X="C H W", K="O C 1 1", window=window)
@pytest.mark.hint("K as a (co, ci) matrix times X as a (ci, H·W) matrix, then back to an image.")
def test_conv1x1_example(conv1x1):
    """The example of the text: the sum and the difference of two channels."""
    kernel = torch.tensor([[1.0, 1.0], [-1.0, 1.0]]).double().reshape(2, 2, 1, 1)
    expected = torch.stack([torch.arange(1.0, 18.0, 2.0), torch.ones(9)]).reshape(2, 3, 3)
    assert_close(conv1x1(X, kernel), expected, window=window(X, kernel))


@pytest.mark.smallest(reference.corr2d_multi_in_out, X="C H W", K="O C 1 1", window=window)
@pytest.mark.hint("Print the shape after each step: which dimension is summed away, which is new?")
def test_conv1x1_non_square(conv1x1, rng):
    """Channels in and out, height and width may all differ."""
    X, K = rng.whole(3, 2, 4), rng.whole(2, 3, 1, 1)
    assert_close(conv1x1(X, K), reference.corr2d_multi_in_out(X, K), window=window(X, K))


@pytest.mark.hint("Use X and K themselves: .data and .detach() leave the gradient behind.")
def test_conv1x1_gradient(conv1x1, rng):
    """Gradients flow back to the input and the kernel."""
    X, K, V = rng.whole(2, 2, 3), rng.whole(3, 2, 1, 1), rng.whole(3, 2, 3)
    _, got = conv1x1.vjp(X, K, upstream=V)
    dX, dK = reference.vjp(reference.corr2d_multi_in_out, X, K, upstream=V)
    assert_gradient(got["0"], dX, of="the input")
    assert_gradient(got["1"], dK, of="the kernel")


@pytest.mark.hint("Look at all four numbers of K.shape: which two are free, which two are not?")
def test_conv1x1_larger_kernel(conv1x1):
    """A kernel that is not 1 by 1 is a ValueError."""
    kernel = K.reshape(2, 2, 2, 1)
    expected = reference.corr2d_multi_in_out(X, kernel[:, :, :1])
    assert_close(conv1x1(X, kernel[:, :, :1]), expected)
    assert_raises(ValueError, conv1x1, X, kernel)


# --- conv_as_linear ------------------------------------------------------------------------------


@pytest.mark.hint(
    "Row r of M makes output r: which inputs does its window hold, with which weights?"
)
def test_conv_as_linear_example(conv_as_linear):
    """The examples of the text: a kernel in a single row, then the matrix of the drawing."""
    expected = torch.tensor([[1.0, 2.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0], [0.0, 0.0, 1.0, 2.0]])
    assert_close(conv_as_linear(expected[:1, :2].double(), (1, 4)), expected)
    expected = torch.tensor(
        [
            [1.0, 2.0, 0.0, 3.0, 4.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 1.0, 2.0, 0.0, 3.0, 4.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 3.0, 4.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 3.0, 4.0],
        ]
    )
    kernel = torch.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=torch.float64)
    assert_close(conv_as_linear(kernel, (3, 3)), expected)


@pytest.mark.hint("Place (i, j) of an image is number i · width + j of its vector: whose width?")
def test_conv_as_linear_non_square(conv_as_linear, rng):
    """Height and width may differ."""
    K = rng.whole(2, 3, low=1)
    assert_close(conv_as_linear(K, (3, 4)), reference.conv_as_linear(K, (3, 4)))


@pytest.mark.hint("Write the kernel's entries into M, not Python numbers made from them.")
def test_conv_as_linear_gradient(conv_as_linear, rng):
    """Gradients flow back to the kernel, from every place where it is used."""
    K, V = rng.whole(2, 2), rng.whole(4, 9)
    _, got = conv_as_linear.vjp(K, (3, 3), upstream=V)
    (expected,) = reference.vjp(lambda k: reference.conv_as_linear(k, (3, 3)), K, upstream=V)
    assert_gradient(got["0"], expected, of="the kernel")


@pytest.mark.hint("Compare K.shape with input_size, each direction on its own.")
def test_conv_as_linear_kernel_too_large(conv_as_linear):
    """A kernel larger than the input is a ValueError."""
    assert_close(conv_as_linear(K[0], (3, 3)), reference.conv_as_linear(K[0], (3, 3)))
    assert_raises(ValueError, conv_as_linear, K[0], (3, 1))


# --- parameter_counts ----------------------------------------------------------------------------


@pytest.mark.hint("One weight for each pair of an input number and an output number.")
def test_parameter_counts_fully_connected(parameter_counts):
    """The table of the text: the fully connected layers."""
    assert_same_number(parameter_counts((1, 6, 8), (1, 6, 7), (1, 2))[0], 2016)
    assert_same_number(parameter_counts((3, 32, 32), (16, 30, 30), (3, 3))[0], 44_236_800)


@pytest.mark.hint("One kernel for each pair of an input channel and an output channel.")
def test_parameter_counts_convolution(parameter_counts):
    """The table of the text: the convolutions."""
    assert_same_number(parameter_counts((1, 6, 8), (1, 6, 7), (1, 2))[1], 2)
    assert_same_number(parameter_counts((3, 32, 32), (16, 30, 30), (3, 3))[1], 432)


# --- conv2d --------------------------------------------------------------------------------------


@pytest.mark.smallest(reference.conv2d, x="N C H W", weight="O C h w", bias="O")
@pytest.mark.hint("Begin without stride and padding: every image, every kernel, then the bias.")
def test_conv2d_example(conv2d):
    """The kernels K, K + 1 and K + 2 again, now with a batch and a bias."""
    weight, bias = torch.stack([K, K + 1, K + 2]), torch.tensor([0.0, 100.0, -100.0]).double()
    expected = torch.tensor([MULTI_OUT], dtype=torch.float64)
    assert_close(conv2d(X[None], weight), expected, window=window(X, weight))
    assert_close(conv2d(X[None], weight, bias), expected + bias.reshape(1, 3, 1, 1))


@pytest.mark.smallest(
    reference.conv2d,
    x="N C H W",
    weight="O C h w",
    bias="O",
    stride=(1, 3),
    padding=(0, 2),
)
@pytest.mark.hint("Pad first, then count the places where a window starts: 0, s, 2·s, …")
def test_conv2d_stride_and_padding(conv2d):
    """The example of the text with stride 2 and padding 1."""
    weight, bias = torch.stack([K, K + 1, K + 2]), torch.tensor([0.0, 100.0, -100.0]).double()
    expected = torch.tensor(
        [[[4.0, 26], [57, 120]], [[105, 134], [177, 272]], [[-94, -58], [-3, 124]]]
    )
    assert_close(conv2d(X[None], weight, bias, stride=2, padding=1), expected[None])


@pytest.mark.hint("Pairs are (height, width); F.pad takes the last dimension first.")
def test_conv2d_non_square(conv2d, rng):
    """A batch with height and width apart, in the stride and in the padding too."""
    x, weight = rng.whole(2, 2, 3, 4), rng.whole(3, 2, 2, 3)
    assert_close(conv2d(x, weight), reference.conv2d(x, weight))
    expected = reference.conv2d(x, weight, stride=(1, 2), padding=(0, 1))
    assert_close(conv2d(x, weight, stride=(1, 2), padding=(0, 1)), expected)


@pytest.mark.hint("Follow input, weight and bias to the result: where is one copied or detached?")
def test_conv2d_gradient(conv2d, rng):
    """Gradients flow back to the input, the weight and the bias."""
    x, weight, bias, V = rng.whole(1, 2, 3, 3), rng.whole(2, 2, 2, 2), rng.whole(2), rng.whole(2, 2)
    V = V.expand(1, 2, 2, 2)
    _, got = conv2d.vjp(x, weight, bias, upstream=V)
    expected = reference.vjp(reference.conv2d, x, weight, bias, upstream=V)
    for place, name in enumerate(("input", "weight", "bias")):
        assert_gradient(got[str(place)], expected[place], of=f"the {name}")


@pytest.mark.hint("The kernel has to fit into the input as it is after the padding.")
def test_conv2d_kernel_too_large(conv2d):
    """A kernel larger than the padded input is a ValueError, one that fits is not."""
    x, weight = X[None, :, :2], K.repeat(1, 2, 1)[None]
    assert_close(conv2d(x, weight, padding=1), reference.conv2d(x, weight, padding=1))
    assert_raises(ValueError, conv2d, x, weight)
