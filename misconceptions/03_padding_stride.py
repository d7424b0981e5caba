"""Wrong programs for assignment 03, as students write them."""

import math

import torch
import torch.nn.functional as F


def _checked_size(size, padding, stride):
    if stride < 1:
        raise ValueError("stride must be at least 1")
    if padding < 0:
        raise ValueError("padding must not be negative")
    if size() < 1:
        raise ValueError("the kernel is larger than the padded input")
    return size()


def _output_size(n, k, padding=0, stride=1, dilation=1):
    return _checked_size(
        lambda: (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1, padding, stride
    )


def _check_amounts(*amounts):
    if min(amounts) < 0:
        raise ValueError("padding must not be negative")


def _pad2d(X, left, right, top, bottom, value=0.0):
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[-2:]
    Y = X.new_full((*X.shape[:-2], top + H + bottom, left + W + right), value)
    Y[..., top : top + H, left : left + W] = X
    return Y


def _sizes(X, K, padding, stride):
    """The output's height and width, after all checks."""
    return tuple(map(_output_size, X.shape, K.shape, padding, stride))


def _slide(P, K, size, stride):
    """Cross-correlation of a padded input, a window at a time."""
    (h, w), (oh, ow), (sh, sw) = K.shape, size, stride
    rows = []
    for i in range(oh):
        windows = [P[i * sh : i * sh + h, j * sw : j * sw + w] for j in range(ow)]
        rows.append(torch.stack([(window * K).sum() for window in windows]))
    return torch.stack(rows)


def _corr2d(X, K, padding=(0, 0), stride=(1, 1)):
    size = _sizes(X, K, padding, stride)
    ph, pw = padding
    return _slide(_pad2d(X, pw, pw, ph, ph), K, size, stride)


# --- output_size ---------------------------------------------------------------------------------


def output_size_padding_in_total(n, k, padding=0, stride=1, dilation=1):
    """output_size: Counts the padding once, as if it were the total of both sides.

    Hint: How many places are there in all, with padding=1 around 3 values?
    """
    return _checked_size(
        lambda: (n + padding - dilation * (k - 1) - 1) // stride + 1, padding, stride
    )


def output_size_rounds_up(n, k, padding=0, stride=1, dilation=1):
    """output_size: Rounds up, which counts a last window that hangs over the edge.

    Hint: 8 places, a kernel of 3, a stride of 2: where does your last window end?
    """
    return _checked_size(
        lambda: math.ceil((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1, padding, stride
    )


def output_size_counts_steps(n, k, padding=0, stride=1, dilation=1):
    """output_size: Counts the steps between the windows instead of the windows.

    Hint: A kernel as large as the input makes no step at all. How many windows are there?
    """
    return _checked_size(
        lambda: (n + 2 * padding - dilation * (k - 1) - 1) // stride, padding, stride
    )


def output_size_divides_the_one_too(n, k, padding=0, stride=1, dilation=1):
    """output_size: Divides the size for stride 1 by the stride, the 1 of the first window included.

    Hint: With 7 places, a kernel of 3 and a stride of 2, where do the windows begin? Count them.
    """
    return _checked_size(lambda: (n + 2 * padding - dilation * (k - 1)) // stride, padding, stride)


def output_size_divides_input_only(n, k, padding=0, stride=1, dilation=1):
    """output_size: Divides the padded input by the stride first, and takes the kernel off after.

    Hint: In places of the input, how far can the first window move before it meets the edge?
    """
    return _checked_size(lambda: (n + 2 * padding) // stride - dilation * (k - 1), padding, stride)


def output_size_stretches_whole_kernel(n, k, padding=0, stride=1, dilation=1):
    """output_size: Takes d·k for the reach of a spread kernel, with a gap behind its last value.

    Hint: Draw 2 kernel values that are 3 places apart. From first to last, how many places is that?
    """
    return _checked_size(lambda: (n + 2 * padding - dilation * k) // stride + 1, padding, stride)


def output_size_ignores_dilation(n, k, padding=0, stride=1, dilation=1):
    """output_size: Leaves the dilation out.

    Hint: Change the dilation in a call. What happens to your result?
    """
    return _checked_size(lambda: (n + 2 * padding - k) // stride + 1, padding, stride)


def output_size_dilation_counts_gaps(n, k, padding=0, stride=1, dilation=1):
    """output_size: Takes the dilation for the number of places left out between kernel values.

    Hint: dilation=1 is the ordinary kernel. How far apart are its neighbouring values?
    """
    return _checked_size(
        lambda: (n + 2 * padding - (dilation + (dilation > 1)) * (k - 1) - 1) // stride + 1,
        padding,
        stride,
    )


def output_size_rounds_toward_zero(n, k, padding=0, stride=1, dilation=1):
    """output_size: Cuts the fraction off with int(), which rounds a negative number up.

    Hint: What are int(-1 / 2) and -1 // 2? Which is right when the kernel does not fit?
    """
    return _checked_size(
        lambda: int((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1, padding, stride
    )


def output_size_checks_before_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Compares the kernel with the bare input, and refuses kernels that would fit.

    Hint: Does a kernel of 3 fit into an input of 2 with padding 1?
    """
    if k > n:
        raise ValueError("the kernel is larger than the input")
    return _output_size(n, k, padding, stride, dilation)


def output_size_check_without_dilation(n, k, padding=0, stride=1, dilation=1):
    """output_size: Looks whether the kernel fits before it is spread, and returns sizes below 1.

    Hint: How many places does a kernel of 2 cover with dilation 9? Check the size you return.
    """
    if k > n + 2 * padding or stride < 1 or padding < 0:
        raise ValueError("no output")
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def output_size_never_below_zero(n, k, padding=0, stride=1, dilation=1):
    """output_size: Raises no ValueError where the kernel does not fit; an answer of 0, say, is no size.

    Hint: What should the caller do with a size below 1? Read "Raises" once more.
    """
    if stride < 1 or padding < 0:
        raise ValueError("stride must be at least 1, padding at least 0")
    return max(0, (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1)


def output_size_any_stride(n, k, padding=0, stride=1, dilation=1):
    """output_size: Looks at the result only, and divides by whatever stride it is given.

    Hint: What does your code do with stride=0, and with stride=-1?
    """
    if padding < 0:
        raise ValueError("padding must not be negative")
    size = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    if size < 1:
        raise ValueError("the kernel is larger than the padded input")
    return size


def output_size_negative_padding_crops(n, k, padding=0, stride=1, dilation=1):
    """output_size: Lets a negative padding make the input smaller.

    Hint: What should a border of −1 places be? Read "Raises" once more.
    """
    size = (n + 2 * padding - dilation * (k - 1) - 1) // max(1, stride) + 1
    return _checked_size(lambda: size, 0, stride)


def output_size_never_rounds(n, k, padding=0, stride=1, dilation=1):
    """output_size: Divides with / and does not round, so that the size is a float, with a fraction.

    Hint: What do 7 / 2 and 7 // 2 give, and what are their types?
    """
    return _checked_size(
        lambda: (n + 2 * padding - dilation * (k - 1) - 1) / stride + 1, padding, stride
    )


def output_size_stride_before_padding(n, k, stride=1, padding=0, dilation=1):
    """output_size: Takes the stride before the padding, which differs only without keywords.

    Hint: Compare the first line of your function with the one you were given.
    """
    return _output_size(n, k, padding, stride, dilation)


def output_size_ignores_stride(n, k, padding=0, stride=1, dilation=1):
    """output_size: Leaves the stride out.

    Hint: Change the stride in a call. What happens to your result?
    """
    return _checked_size(lambda: n + 2 * padding - dilation * (k - 1), padding, stride)


def output_size_rounds_to_nearest(n, k, padding=0, stride=1, dilation=1):
    """output_size: Rounds to the nearest whole number, which is sometimes up.

    Hint: 10 places, a kernel of 3, a stride of 4: where does your last window end?
    """
    return _checked_size(
        lambda: round((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1, padding, stride
    )


def output_size_adds_dilation_once(n, k, padding=0, stride=1, dilation=1):
    """output_size: Makes the kernel longer by d − 1 in all, and not between every two values.

    Hint: Between how many pairs of neighbouring values does a kernel of 4 have a gap?
    """
    return _checked_size(
        lambda: (n + 2 * padding - (k + dilation - 1)) // stride + 1, padding, stride
    )


def output_size_checks_size_only(n, k, padding=0, stride=1, dilation=1):
    """output_size: Raises a ValueError for the result, but none for the stride and the padding.

    Hint: Read "Raises" once more. How many reasons for a ValueError are there?
    """
    size = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    if size < 1:
        raise ValueError("the kernel is larger than the padded input")
    return size


def output_size_no_checks(n, k, padding=0, stride=1, dilation=1):
    """output_size: Never raises a ValueError; other exceptions and return values are not the same.

    Hint: Read "Raises" once more. What has to happen, and in which cases?
    """
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def output_size_dilation_is_the_gap(n, k, padding=0, stride=1, dilation=1):
    """output_size: Lets a dilation of d leave d places out, so that even 1 spreads the kernel.

    Hint: dilation=1 is the ordinary kernel. How many places do you leave out between its values?
    """
    return _checked_size(
        lambda: (n + 2 * padding - (dilation + 1) * (k - 1) - 1) // stride + 1, padding, stride
    )


def output_size_takes_stride_zero(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses negative strides but not 0, and fails where it divides.

    Hint: Which exception does a division by 0 raise in Python, and which is asked for?
    """
    if stride < 0:
        raise ValueError("stride must not be negative")
    return output_size_any_stride(n, k, padding, stride, dilation)


def output_size_takes_negative_strides(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses a stride of 0, but takes a negative one.

    Hint: Which strides are below 1?
    """
    if stride == 0:
        raise ValueError("stride must not be 0")
    return output_size_any_stride(n, k, padding, stride, dilation)


def output_size_refuses_remainders(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses sizes where the stride does not come out even.

    Hint: What happens to places at the end that no whole window reaches? Is that an error?
    """
    size = _output_size(n, k, padding, stride, dilation)
    if (n + 2 * padding - dilation * (k - 1) - 1) % stride:
        raise ValueError("the stride leaves a remainder")
    return size


def output_size_refuses_one(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses a result of 1, which is a size like any other.

    Hint: How often does a kernel fit into an input of its own size?
    """
    size = _output_size(n, k, padding, stride, dilation)
    if size <= 1:
        raise ValueError("the kernel is larger than the padded input")
    return size


def output_size_padding_after_dividing(n, k, padding=0, stride=1, dilation=1):
    """output_size: Adds the padding after the division, to the output instead of the input.

    Hint: Does the stride run over the padding, too?
    """
    return _checked_size(
        lambda: (n - dilation * (k - 1) - 1) // stride + 1 + 2 * padding, padding, stride
    )


def output_size_counts_steps_after_check(n, k, padding=0, stride=1, dilation=1):
    """output_size: Counts the steps between the windows instead of the windows.

    Hint: A kernel as large as the input makes no step at all. How many windows are there?

    Same as: output_size_counts_steps
    """
    return _output_size(n, k, padding, stride, dilation) - 1


def output_size_one_place_too_many(n, k, padding=0, stride=1, dilation=1):
    """output_size: Takes off d·(k − 1) and not the one place more that the kernel covers.

    Hint: How many places does a kernel of 1 cover, and how many do you take off for it?
    """
    return _checked_size(
        lambda: (n + 2 * padding - dilation * (k - 1)) // stride + 1, padding, stride
    )


def output_size_ignores_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Leaves the padding out.

    Hint: Change the padding in a call. What happens to your result?
    """
    return _checked_size(lambda: (n - dilation * (k - 1) - 1) // stride + 1, padding, stride)


def output_size_rounds_sum_to_nearest(n, k, padding=0, stride=1, dilation=1):
    """output_size: Rounds to the nearest whole number, which is sometimes up.

    Hint: 10 places, a kernel of 3, a stride of 4: where does your last window end?

    Same as: output_size_rounds_to_nearest
    """
    return _checked_size(
        lambda: round((n + 2 * padding - dilation * (k - 1) - 1) / stride + 1), padding, stride
    )


def output_size_gives_float(n, k, padding=0, stride=1, dilation=1):
    """output_size: Gives a whole number as a float, which no tensor takes for a size.

    Hint: Print type() of your result. Which of your operations makes the float?
    """
    return float(_output_size(n, k, padding, stride, dilation))


def output_size_only_check_before_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Compares the kernel with the bare input, and refuses kernels that would fit.

    Hint: Does a kernel of 3 fit into an input of 2 with padding 1?

    Same as: output_size_checks_before_padding
    """
    if k > n or stride < 1 or padding < 0:
        raise ValueError("the kernel is larger than the input")
    return (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1


def output_size_takes_zero(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses negative sizes, but gives back a size of 0.

    Hint: Which sizes are below 1? Try a kernel that is just one place too long.
    """
    size = (n + 2 * padding - dilation * (k - 1) - 1) // max(1, stride) + 1
    _checked_size(lambda: size + 1, padding, stride)
    return size


def output_size_of_same_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Gives n / s rounded up, which is the size for "same" padding only.

    Hint: Change the kernel's size in a call. What happens to your result?
    """
    return _output_size(n, k, padding, stride, dilation) and -(-n // stride)


def output_size_of_transposed(n, k, padding=0, stride=1, dilation=1):
    """output_size: Gives the size for the way back, that of a transposed convolution.

    Hint: Does your result grow or shrink with the stride? Which of the two should it do?
    """
    return _checked_size(
        lambda: (n - 1) * stride - 2 * padding + dilation * (k - 1) + 1, padding, stride
    )


def output_size_refuses_wide_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses a padding of more than half the kernel, which is a rule of pooling.

    Hint: Read "Raises" once more. Which paddings does it name?
    """
    if padding > k // 2:
        raise ValueError("the padding is more than half the kernel")
    return _output_size(n, k, padding, stride, dilation)


def output_size_spreads_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Multiplies the padding by the dilation, which spreads the kernel only.

    Hint: What does the dilation move apart, the places of the input or the kernel's values?
    """
    return _checked_size(
        lambda: (n + dilation * (2 * padding - k + 1) - 1) // stride + 1, padding, stride
    )


def output_size_kernel_before_input(k, n, padding=0, stride=1, dilation=1):
    """output_size: Exchanges the input's size and the kernel's.

    Hint: Compare the first line of your function with the one you were given.
    """
    return _output_size(n, k, padding, stride, dilation)


def output_size_refuses_stride_one(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses a stride of 1, which is the ordinary one.

    Hint: Which strides are below 1? Read "Raises" once more.
    """
    if stride <= 1:
        raise ValueError("stride must be at least 1")
    return _output_size(n, k, padding, stride, dilation)


def output_size_refuses_no_padding(n, k, padding=0, stride=1, dilation=1):
    """output_size: Refuses a padding of 0, as if it were negative.

    Hint: Is 0 negative? What is the default of padding?
    """
    if padding <= 0:
        raise ValueError("padding must not be negative")
    return _output_size(n, k, padding, stride, dilation)


def output_size_stride_of_kernel(n, k, padding=0, stride=None, dilation=1):
    """output_size: Moves by the kernel's size where no stride is given, as pooling does.

    Hint: What stands for the stride in the first line of the task?
    """
    return _output_size(n, k, padding, k if stride is None else stride, dilation)


# --- receptive_field -----------------------------------------------------------------------------


def field_ignores_strides(layers):
    """receptive_field: Adds k − 1 for each layer, whatever the strides are.

    Hint: Where in your code do the strides come in? Try the drawing: two layers, stride 2 first.
    """
    return 1 + sum(kernel - 1 for kernel, _ in layers)


def field_own_stride_too_early(layers):
    """receptive_field: Makes the step longer first, so that a layer's own stride widens its field.

    Hint: Does the stride of a single layer change how much one of its outputs sees?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        step *= stride
        field += (kernel - 1) * step
    return field


def field_adds_whole_kernels(layers):
    """receptive_field: Widens the field by k steps for each layer, not by k − 1.

    Hint: A kernel of 1 sees what was there before. By how much should it widen the field?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += kernel * step
        step *= stride
    return field


def field_starts_at_zero(layers):
    """receptive_field: Begins with a field of 0 places.

    Hint: How many places does a single layer with kernel 3 see, and how many do you get?
    """
    field, step = 0, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_last_layer_first(layers):
    """receptive_field: Goes through the layers in one order with the rule for the other.

    Hint: Exchange two layers with different strides. Which of your two results is which?
    """
    field, step = 1, 1
    for kernel, stride in reversed(layers):
        field += (kernel - 1) * step
        step *= stride
    return field


def field_backward_rule_forward(layers):
    """receptive_field: Goes through the layers in one order with the rule for the other.

    Hint: Exchange two layers with different strides. Which of your two results is which?

    Same as: field_last_layer_first
    """
    field = 1
    for kernel, stride in layers:
        field = (field - 1) * stride + kernel
    return field


def field_adds_strides(layers):
    """receptive_field: Adds the strides up, where each multiplies the ones before.

    Hint: Two layers with stride 3 after each other: how far apart are neighbouring outputs?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step += stride - 1
    return field


def field_last_stride_only(layers):
    """receptive_field: Uses the stride of the layer right before, and forgets those further back.

    Hint: What becomes of the first layer's stride in your code when the third layer comes?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step = stride
    return field


def field_own_stride_only(layers):
    """receptive_field: Widens the field by k − 1 times the layer's own stride.

    Hint: Neighbours in the layer below are how far apart in the input? Who decides that?
    """
    return 1 + sum((kernel - 1) * stride for kernel, stride in layers)


def field_multiplies_kernels(layers):
    """receptive_field: Multiplies the kernels, as if their windows never overlapped.

    Hint: Two layers with kernel 3 and stride 1: draw what one output sees. Is it 9 places?
    """
    return math.prod(kernel for kernel, _ in layers)


def field_multiplied_by_step(layers):
    """receptive_field: Multiplies the whole field by each stride, not only what is still to come.

    Hint: Does a stride change what one output sees, or how far apart its neighbours lie?
    """
    field = 1
    for kernel, stride in layers:
        field = (field + kernel - 1) * stride
    return field


def field_counts_area(layers):
    """receptive_field: Squares the width, and gives the number of pixels in the plane.

    Hint: In how many directions are you asked to measure?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field**2


def field_needs_a_layer(layers):
    """receptive_field: Counts on at least one layer, and fails when there is none.

    Hint: Which line of your code cannot work with an empty list? What could you begin with?
    """
    field, step = layers[0]
    for kernel, stride in layers[1:]:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_empty_is_zero(layers):
    """receptive_field: Answers 0 where there are no layers.

    Hint: Without a layer, the output is the input. How many of its places does one place see?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field if layers else 0


def field_stops_after_first(layers):
    """receptive_field: Returns from within the loop, after the first layer.

    Hint: How often does your loop run for three layers? Look at where the return stands.
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
        return field
    return field


def field_leaves_out_last(layers):
    """receptive_field: Leaves the last layer out altogether, not only its stride.

    Hint: What does a single layer with kernel 3 see, and what do you get?
    """
    field, step = 1, 1
    for kernel, stride in layers[:-1]:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_swaps_kernel_stride(layers):
    """receptive_field: Reads the pairs as (stride, kernel).

    Hint: Which of the two numbers of a layer comes first?
    """
    field, step = 1, 1
    for stride, kernel in layers:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_adds_kernels_only(layers):
    """receptive_field: Adds the kernels up, neither less the overlap nor with the strides.

    Hint: Two layers with kernel 3 and stride 1: how many inputs do two neighbours share?
    """
    return sum(kernel for kernel, _ in layers) if layers else 1


def field_adds_whole_strides(layers):
    """receptive_field: Adds the strides up, where each multiplies the ones before.

    Hint: Two layers with stride 3 after each other: how far apart are neighbouring outputs?

    Same as: field_adds_strides
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step += stride
    return field


def field_of_last_layer(layers):
    """receptive_field: Gives the last layer's kernel, which sees the layer before and not the input.

    Hint: Follow one output back through two layers. How many inputs does it reach?
    """
    return layers[-1][0] if layers else 1


def field_of_largest_kernel(layers):
    """receptive_field: Gives the largest kernel of all.

    Hint: Follow one output back through two layers with kernel 3. How many inputs does it reach?
    """
    return max((kernel for kernel, _ in layers), default=1)


def field_without_overlap(layers):
    """receptive_field: Goes back from the output by r · s + k, as if windows did not overlap.

    Hint: r neighbouring outputs start r − 1 strides apart. How many strides do you count?
    """
    field = 1
    for kernel, stride in reversed(layers):
        field = field * stride + kernel
    return field


def field_odd_kernels_only(layers):
    """receptive_field: Counts k // 2 on both sides, which is one too many for an even kernel.

    Hint: How many places does a kernel of 2 reach besides its first? How many do you add?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += 2 * (kernel // 2) * step
        step *= stride
    return field


def field_one_side_only(layers):
    """receptive_field: Counts k // 2 once for a layer, where the kernel reaches to both sides.

    Hint: One layer with kernel 3: how many inputs does one output see, and what do you get?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel // 2) * step
        step *= stride
    return field


def field_skips_pointwise_layers(layers):
    """receptive_field: Passes over layers with kernel 1, and over their strides with them.

    Hint: A layer with kernel 1 and stride 2: how far apart are its neighbouring outputs?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        if kernel > 1:
            field += (kernel - 1) * step
            step *= stride
    return field


def field_adds_kernel_less_stride(layers):
    """receptive_field: Adds k − s for a layer, where the kernel reaches k − 1 places further.

    Hint: How much does the field grow by a kernel of 3, whatever the stride of that layer?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - stride) * step
        step *= stride
    return field


def field_counts_a_step_more(layers):
    """receptive_field: Multiplies the field by the stride and adds k − 1: one stride too many.

    Hint: r neighbouring outputs start r − 1 strides apart. How many strides do you count?
    """
    field = 1
    for kernel, stride in reversed(layers):
        field = field * stride + kernel - 1
    return field


def field_counts_a_step_more_forward(layers):
    """receptive_field: Multiplies the field by the stride and adds k − 1: one stride too many.

    Hint: r neighbouring outputs start r − 1 strides apart. How many strides do you count?

    Same as: field_counts_a_step_more
    """
    field = 1
    for kernel, stride in layers:
        field = field * stride + kernel - 1
    return field


def field_adds_whole_kernels_from_zero(layers):
    """receptive_field: Widens the field by k steps for each layer, not by k − 1.

    Hint: A kernel of 1 sees what was there before. By how much should it widen the field?

    Same as: field_adds_whole_kernels
    """
    field, step = 0, 1
    for kernel, stride in layers:
        field += kernel * step
        step *= stride
    return field if layers else 1


def field_adds_whole_kernels_to_nothing(layers):
    """receptive_field: Widens the field by k steps for each layer, not by k − 1.

    Hint: A kernel of 1 sees what was there before. By how much should it widen the field?

    Same as: field_adds_whole_kernels
    """
    return field_adds_whole_kernels_from_zero(layers) if layers else 0


def field_refuses_no_layers(layers):
    """receptive_field: Counts on at least one layer, and fails when there is none.

    Hint: Which line of your code cannot work with an empty list? What could you begin with?

    Same as: field_needs_a_layer
    """
    if not layers:
        raise ValueError("there are no layers")
    return field_needs_a_layer(layers)


def field_leaves_out_first(layers):
    """receptive_field: Leaves the first layer out, as a loop that begins at 1 does.

    Hint: What does a single layer with kernel 3 see, and what do you get?
    """
    field, step = 1, 1
    for kernel, stride in layers[1:]:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_first_layer_twice(layers):
    """receptive_field: Begins with the first layer's numbers and then counts that layer once more.

    Hint: What does a single layer with kernel 3 see, and what do you get?
    """
    field, step = layers[0] if layers else (1, 1)
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_times_last_stride(layers):
    """receptive_field: Multiplies the finished field by the last layer's stride.

    Hint: Does the stride of a single layer change how much one of its outputs sees?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field * layers[-1][1] if layers else 1


def field_one_too_many(layers):
    """receptive_field: Counts one place too many.

    Hint: How many places does a single layer with kernel 3 see, and how many do you get?
    """
    field, step = 2, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field if layers else 1


def field_empties_callers_list(layers):
    """receptive_field: Takes the layers out of the caller's list, or turns it round.

    Hint: Print the list that you passed in, before and after the call.
    """
    field, step = 1, 1
    while layers:
        kernel, stride = layers.pop(0)
        field += (kernel - 1) * step
        step *= stride
    return field


def field_reverses_callers_list(layers):
    """receptive_field: Takes the layers out of the caller's list, or turns it round.

    Hint: Print the list that you passed in, before and after the call.

    Same as: field_empties_callers_list
    """
    layers.reverse()
    field = 1
    for kernel, stride in layers:
        field = (field - 1) * stride + kernel
    return field


def field_gives_float(layers):
    """receptive_field: Gives a whole number as a float.

    Hint: Print type() of your result. Which of your operations makes the float?
    """
    field, step = 1.0, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field


def field_gives_step_too(layers):
    """receptive_field: Gives back the field together with the step.

    Hint: How many numbers does the task ask for?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) * step
        step *= stride
    return field, step


def field_gives_step(layers):
    """receptive_field: Gives back the step, how far apart neighbouring outputs lie.

    Hint: Which of the two numbers that you keep is asked for?
    """
    return math.prod(stride for _, stride in layers)


def field_total_stride_for_all(layers):
    """receptive_field: Uses the product of all strides for every layer, also for the first.

    Hint: Which strides lie between the input and the first layer?
    """
    total = math.prod(stride for _, stride in layers)
    return 1 + total * sum(kernel - 1 for kernel, _ in layers)


def field_divides_by_step(layers):
    """receptive_field: Divides by the step, where k − 1 should be multiplied by it.

    Hint: After a layer with stride 2, do its neighbours lie closer in the input, or further apart?
    """
    field, step = 1, 1
    for kernel, stride in layers:
        field += (kernel - 1) // step
        step *= stride
    return field


def field_adds_kernels_times_strides(layers):
    """receptive_field: Adds up kernel times stride for all layers.

    Hint: How many places does a single layer with kernel 3 and stride 2 see, and what do you get?
    """
    return max(1, sum(kernel * stride for kernel, stride in layers))


def field_empty_is_none(layers):
    """receptive_field: Gives None where there are no layers.

    Hint: Without a layer, the output is the input. How many of its places does one place see?
    """
    return field_needs_a_layer(layers) if layers else None


# --- pad2d ---------------------------------------------------------------------------------------


def pad_swaps_height_width(X, left, right, top, bottom, value=0.0):
    """pad2d: Adds rows for left and right, and columns for top and bottom.

    Hint: Which dimension grows with `left`, the last one or the one before it?
    """
    return _pad2d(X, top, bottom, left, right, value)


def pad_swaps_sides(X, left, right, top, bottom, value=0.0):
    """pad2d: Puts the input at (bottom, right), which exchanges opposite sides.

    Hint: With left=2 and right=0, in which column of the result does the input begin?
    """
    return _pad2d(X, right, left, bottom, top, value)


def pad_in_order_left_top(X, left, top, right, bottom, value=0.0):
    """pad2d: Takes the amounts in the order left, top, right, bottom, as image libraries do.

    Hint: Compare the first line of your function with the one you were given.
    """
    return _pad2d(X, left, right, top, bottom, value)


def pad_same_on_both_sides(X, left, right, top, bottom, value=0.0):
    """pad2d: Uses left for both sides and top for both, so right and bottom have no say.

    Hint: Change only `right` in a call. Does the shape of your result follow?
    """
    _check_amounts(left, right, top, bottom)
    return _pad2d(X, left, left, top, top, value)


def pad_only_left_and_top(X, left, right, top, bottom, value=0.0):
    """pad2d: Puts all the padding in front, so that the input ends up in the lower right corner.

    Hint: Which sides of your result have a border? What lies to the right of the input?
    """
    _check_amounts(left, right, top, bottom)
    return _pad2d(X, left + right, 0, top + bottom, 0, value)


def pad_ignores_value(X, left, right, top, bottom, value=0.0):
    """pad2d: Always fills with zeros.

    Hint: Where in your code do you use `value`?
    """
    return _pad2d(X, left, right, top, bottom)


def pad_value_for_every_zero(X, left, right, top, bottom, value=0.0):
    """pad2d: Pads with zeros and replaces every zero by the value, those of the input as well.

    Hint: What happens to a zero that was in the input all along?
    """
    Y = _pad2d(X, left, right, top, bottom)
    return torch.where(Y == 0, torch.full_like(Y, value), Y)


def pad_value_added_to_input(X, left, right, top, bottom, value=0.0):
    """pad2d: Adds the input to a tensor full of the value, so that the value is in both.

    Hint: Subtract the input from the middle of your result. What is left there?
    """
    return _pad2d(X, left, right, top, bottom) + value


def pad_value_times_mask(X, left, right, top, bottom, value=0.0):
    """pad2d: Computes with the value, with a mask of zeros and ones perhaps: infinity becomes NaN.

    Hint: What is 0 times infinity? Print the middle of your result for value=-inf.
    """
    mask = _pad2d(torch.ones_like(X), left, right, top, bottom)
    return _pad2d(X, left, right, top, bottom) + value * (1 - mask)


def pad_repeats_edge(X, left, right, top, bottom, value=0.0):
    """pad2d: Repeats the pixels of the edge in the border.

    Hint: What should the border hold, and where does your code take it from?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[-2:]
    rows = torch.arange(-top, H + bottom).clamp(0, H - 1)
    columns = torch.arange(-left, W + right).clamp(0, W - 1)
    return X[..., rows, :][..., columns]


def pad_first_two_dimensions(X, left, right, top, bottom, value=0.0):
    """pad2d: Pads the first two dimensions, which are the last two only if there are no others.

    Hint: Of an X of shape (2, 3, 4, 5), which numbers should grow? How do you count from the end?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[:2]
    Y = X.new_full((top + H + bottom, left + W + right, *X.shape[2:]), value)
    Y[top : top + H, left : left + W] = X
    return Y


def pad_two_dimensions_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Counts on exactly two dimensions, height and width, and fails for more.

    Hint: How do you get at the last two numbers of a shape, however long it is?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape
    Y = X.new_full((top + H + bottom, left + W + right), value)
    Y[top : top + H, left : left + W] = X
    return Y


def pad_slices_to_minus_zero(X, left, right, top, bottom, value=0.0):
    """pad2d: Ends a slice at minus the amount, and that slice is empty for an amount of 0.

    Hint: What is Y[0:-0]?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[-2:]
    Y = X.new_full((*X.shape[:-2], top + H + bottom, left + W + right), value)
    Y[..., top:-bottom, left:-right] = X
    return Y


def pad_float32(X, left, right, top, bottom, value=0.0):
    """pad2d: Copies the input into a tensor of the default dtype, float32.

    Hint: What is the dtype of torch.zeros(2, 2)? How can it take the input's?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[-2:]
    Y = torch.full((*X.shape[:-2], top + H + bottom, left + W + right), float(value))
    Y[..., top : top + H, left : left + W] = X
    return Y


def pad_copies_numbers(X, left, right, top, bottom, value=0.0):
    """pad2d: Copies the input's bare numbers, which cuts the result off from its input.

    Hint: What does .data keep of a tensor, and what does it forget?
    """
    return _pad2d(X.data, left, right, top, bottom, value)


def pad_no_amount_check(X, left, right, top, bottom, value=0.0):
    """pad2d: Raises no ValueError where an amount is negative, but carries on.

    Hint: What should a border of −1 columns be? Read "Raises" once more.
    """
    return _pad2d(X, max(0, left), max(0, right), max(0, top), max(0, bottom), value)


def pad_swaps_left_right(X, left, right, top, bottom, value=0.0):
    """pad2d: Exchanges left and right; the rows are right.

    Hint: With left=2 and right=0, in which column of the result does the input begin?
    """
    return _pad2d(X, right, left, top, bottom, value)


def pad_swaps_top_bottom(X, left, right, top, bottom, value=0.0):
    """pad2d: Exchanges top and bottom; the columns are right.

    Hint: With top=2 and bottom=0, in which row of the result does the input begin?
    """
    return _pad2d(X, left, right, bottom, top, value)


def pad_refuses_zero(X, left, right, top, bottom, value=0.0):
    """pad2d: Takes an amount of 0 for an error, as if it were negative.

    Hint: Is 0 negative? What should come out where a side gets nothing?
    """
    if min(left, right, top, bottom) <= 0:
        raise ValueError("padding must be positive")
    return _pad2d(X, left, right, top, bottom, value)


def pad_arguments_top_first(X, top, bottom, left, right, value=0.0):
    """pad2d: Adds rows for left and right, and columns for top and bottom.

    Hint: Which dimension grows with `left`, the last one or the one before it?

    Same as: pad_swaps_height_width
    """
    return _pad2d(X, left, right, top, bottom, value)


def pad_leaves_out_right_and_bottom(X, left, right, top, bottom, value=0.0):
    """pad2d: Pads on the left and above only, and forgets the other two sides.

    Hint: How many columns should your result have? Count those you add.
    """
    _check_amounts(left, right, top, bottom)
    return _pad2d(X, left, 0, top, 0, value)


def pad_checks_left_and_top_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Looks at left and top for negative amounts, and not at right and bottom.

    Hint: How many amounts may be negative, and which of them do you look at?
    """
    _check_amounts(left, top)
    return _pad2d(X, left, max(0, right), top, max(0, bottom), value)


def pad_value_as_whole_number(X, left, right, top, bottom, value=0.0):
    """pad2d: Cuts the value off to a whole number.

    Hint: Pad with 0.5 and look at the border.
    """
    return _pad2d(X, left, right, top, bottom, int(value))


def pad_corners_stay_zero(X, left, right, top, bottom, value=0.0):
    """pad2d: Fills the four sides with the value, but leaves the corners at zero.

    Hint: Look at the first entry of the first row. Which of your four sides covers it?
    """
    H, W = X.shape[-2:]
    Y = _pad2d(X, left, right, top, bottom)
    Y[..., :top, left : left + W] = value
    Y[..., top + H :, left : left + W] = value
    Y[..., top : top + H, :left] = value
    Y[..., top : top + H, left + W :] = value
    return Y


def pad_reads_left_top(X, left, right, top, bottom, value=0.0):
    """pad2d: Takes the amounts in the order left, top, right, bottom, as image libraries do.

    Hint: Compare the first line of your function with the one you were given.

    Same as: pad_in_order_left_top
    """
    return _pad2d(X, left, top, right, bottom, value)


def pad_value_for_rows_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Fills the new rows with the value, but the new columns with zeros.

    Hint: Pad with 9 and look at all four sides of the result.
    """
    return _pad2d(_pad2d(X, left, right, 0, 0), 0, 0, top, bottom, value)


def pad_value_for_columns_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Fills the new columns with the value, but the new rows with zeros.

    Hint: Pad with 9 and look at all four sides of the result.
    """
    return _pad2d(_pad2d(X, left, right, 0, 0, value), 0, 0, top, bottom)


def pad_rows_with_zeros_first(X, left, right, top, bottom, value=0.0):
    """pad2d: Fills the new columns with the value, but the new rows with zeros.

    Hint: Pad with 9 and look at all four sides of the result.

    Same as: pad_value_for_columns_only
    """
    return _pad2d(_pad2d(X, 0, 0, top, bottom), left, right, 0, 0, value)


def _gather(X, rows, columns):
    return X[..., rows, :][..., columns]


def pad_wraps_around(X, left, right, top, bottom, value=0.0):
    """pad2d: Goes on with the opposite edge in the border, as if the image were a ring.

    Hint: What should the border hold, and where does your code take it from?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[-2:]
    rows, columns = torch.arange(-top, H + bottom), torch.arange(-left, W + right)
    return _gather(X, rows % H, columns % W)


def _mirrored(before, n, after):
    places = torch.arange(-before, n + after) % max(1, 2 * n - 2)
    return torch.minimum(places, 2 * n - 2 - places)


def pad_mirrors(X, left, right, top, bottom, value=0.0):
    """pad2d: Mirrors the image in the border.

    Hint: What should the border hold, and where does your code take it from?
    """
    _check_amounts(left, right, top, bottom)
    H, W = X.shape[-2:]
    return _gather(X, _mirrored(top, H, bottom), _mirrored(left, W, right))


def pad_first_image_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Pads the first image of a batch and drops the others.

    Hint: Of an X of shape (2, 3, 4), which shape should come out with no padding at all?
    """
    while X.dim() > 2:
        X = X[0]
    return _pad2d(X, left, right, top, bottom, value)


def pad_flattens_leading_dimensions(X, left, right, top, bottom, value=0.0):
    """pad2d: Makes one dimension of all those in front.

    Hint: Of an X of shape (2, 5, 3, 4), which numbers should stay as they are?
    """
    Y = _pad2d(X, left, right, top, bottom, value)
    return Y if X.dim() == 2 else Y.flatten(0, -3)


def pad_checks_sums(X, left, right, top, bottom, value=0.0):
    """pad2d: Looks at the sum of opposite sides, where a negative one may hide behind the other.

    Hint: Try left=-1 and right=3.
    """
    _check_amounts(left + right, top + bottom)
    return _pad2d(X, max(0, left), max(0, right), max(0, top), max(0, bottom), value)


def pad_checks_shape_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Looks at the sum of opposite sides, where a negative one may hide behind the other.

    Hint: Try left=-1 and right=3.

    Same as: pad_checks_sums
    """
    _check_amounts(left + right + top + bottom)
    return _pad2d(X, max(0, left), max(0, right), max(0, top), max(0, bottom), value)


def pad_centres_input(X, left, right, top, bottom, value=0.0):
    """pad2d: Puts the input into the middle, however the padding is shared out.

    Hint: With left=3 and right=1, in which column of the result does the input begin?
    """
    _check_amounts(left, right, top, bottom)
    column, row = (left + right) // 2, (top + bottom) // 2
    return _pad2d(X, column, left + right - column, row, top + bottom - row, value)


def pad_input_in_corner(X, left, right, top, bottom, value=0.0):
    """pad2d: Leaves the input in the upper left corner, with all the padding behind it.

    Hint: In which row and column of the result does X[0, 0] belong?
    """
    _check_amounts(left, right, top, bottom)
    return _pad2d(X, 0, left + right, 0, top + bottom, value)


def pad_value_through_float32(X, left, right, top, bottom, value=0.0):
    """pad2d: Makes a tensor of the value first, which is float32 and rounds it.

    Hint: Pad a float64 tensor with 0.1 and print the border with many digits.
    """
    return _pad2d(X, left, right, top, bottom, torch.tensor(float(value)).item())


def pad_value_cut_off(X, left, right, top, bottom, value=0.0):
    """pad2d: Cuts the value off to a whole number.

    Hint: Pad with 0.5 and look at the border.

    Same as: pad_value_as_whole_number
    """
    return _pad2d(X, left, right, top, bottom, int(value) if math.isfinite(value) else value)


def pad_gives_transposed(X, left, right, top, bottom, value=0.0):
    """pad2d: Exchanges height and width of the result.

    Hint: With nothing to add, is the result the input?
    """
    return _pad2d(X, left, right, top, bottom, value).transpose(-1, -2)


def pad_numpy_refuses_grad(X, left, right, top, bottom, value=0.0):
    """pad2d: Hands the tensor to numpy, which refuses one that requires grad.

    Hint: Call your function with an input that requires grad. Can torch do the same work?
    """
    return _pad2d(torch.from_numpy(X.numpy().copy()), left, right, top, bottom, value)


def pad_checks_right_and_bottom_only(X, left, right, top, bottom, value=0.0):
    """pad2d: Looks at right and bottom for negative amounts, and not at left and top.

    Hint: How many amounts may be negative, and which of them do you look at?
    """
    _check_amounts(right, bottom)
    return _pad2d(X, max(0, left), right, max(0, top), bottom, value)


# --- corr2d_pad_stride ---------------------------------------------------------------------------


def pad_stride_ignores_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Leaves the padding out.

    Hint: Where in your code do you use `padding`? Which shape do you get with padding (1, 1)?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, (0, 0), stride)


def pad_stride_ignores_stride(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Moves the kernel by one place, whatever the stride is.

    Hint: Where in your code do you use `stride`? Which shape do you get with stride (2, 2)?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding)


def pad_stride_stride_in_size_only(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the stride for the size of the output, but not to move the window.

    Hint: In which row of the padded input does the window of output row 1 begin, with stride 2?
    """
    oh, ow = _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding)[:oh, :ow]


def pad_stride_swaps_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Reads the padding as (width, height).

    Hint: With padding (1, 0), should the output be higher or wider?
    """
    return _corr2d(X, K, padding[::-1], stride)


def pad_stride_swaps_stride(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Reads the stride as (width, height).

    Hint: With stride (2, 1), does the output have fewer rows or fewer columns?
    """
    return _corr2d(X, K, padding, stride[::-1])


def pad_stride_first_of_each_pair(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the first number of each pair for height and width.

    Hint: Change only the second number of a pair in a call. Does your result follow?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding[:1] * 2, stride[:1] * 2)


def pad_stride_padding_in_total(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Shares the padding out between two sides, as if it were their total.

    Hint: With padding (1, 1), how many rows should the padded input have more than the input?
    """
    _sizes(X, K, padding, stride)
    (ph, pw) = padding
    P = _pad2d(X, pw // 2, pw - pw // 2, ph // 2, ph - ph // 2)
    return _corr2d(P, K, (0, 0), stride)


def pad_stride_pads_left_and_top(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Puts the padding at the top and on the left only.

    Hint: Print your padded input. How many of its four sides have a border?
    """
    _sizes(X, K, padding, stride)
    (ph, pw) = padding
    return _corr2d(_pad2d(X, pw, 0, ph, 0), K, (0, 0), stride)


def pad_stride_pads_the_output(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Correlates first and surrounds the result with zeros.

    Hint: Should the corner of the output be 0 for padding (1, 1)? Which input pixels does it see?
    """
    _sizes(X, K, padding, stride)
    (ph, pw) = padding
    return _pad2d(_corr2d(X, K, (0, 0), stride), pw, pw, ph, ph)


def pad_stride_repeats_edge(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Fills the border with the pixels of the edge, not with zeros.

    Hint: Print your padded input. What should its border hold?
    """
    size = _sizes(X, K, padding, stride)
    ph, pw = padding
    return _slide(pad_repeats_edge(X, pw, pw, ph, ph), K, size, stride)


def pad_stride_thins_input(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Takes every s-th pixel of the input first, and then correlates.

    Hint: Does the stride move the window, or does it choose pixels within the window?
    """
    _sizes(X, K, padding, stride)
    ph, pw = padding
    sh, sw = stride
    P = _pad2d(X, pw, pw, ph, ph)
    return _corr2d(P[::sh, ::sw], K)


def pad_stride_begins_late(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Begins at place s − 1 instead of 0 when it keeps every s-th output.

    Hint: Where does the first window begin, whatever the stride is?
    """
    sh, sw = stride
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding)[sh - 1 :: sh, sw - 1 :: sw]


def pad_stride_rounds_up(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Rounds the size up, with a last window that hangs over the edge.

    Hint: Where does your last window end, and where does the padded input?
    """
    _sizes(X, K, padding, stride)
    ph, pw = padding
    extra = [
        -(n + 2 * p - k) % s for n, k, p, s in zip(X.shape, K.shape, padding, stride, strict=True)
    ]
    P = _pad2d(X, pw, pw + extra[1], ph, ph + extra[0])
    return _corr2d(P, K, (0, 0), stride)


def pad_stride_size_divided_whole(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Divides the size for stride 1 by the stride, and so loses last windows.

    Hint: With 7 places, a kernel of 3 and a stride of 2, how many windows fit? What do you get?
    """
    _sizes(X, K, padding, stride)
    (oh, ow), (sh, sw) = _sizes(X, K, padding, (1, 1)), stride
    return _corr2d(X, K, padding, stride)[: oh // sh, : ow // sw]


def pad_stride_flips_kernel(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Turns the kernel by 180° before sliding it, as true convolution does.

    Hint: Which corner of the kernel meets the upper left corner of the window?
    """
    return _corr2d(X, K.flip(0, 1), padding, stride)


def pad_stride_float32(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Makes a tensor of the default dtype, float32, and copies numbers into it.

    Hint: What is the dtype of torch.zeros(2, 2)? How can it take the input's?
    """
    size = _sizes(X, K, padding, stride)
    ph, pw = padding
    return _slide(pad_float32(X, pw, pw, ph, ph), K.float(), size, stride)


def pad_stride_padding_without_history(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Copies bare numbers into the padded input: no gradient reaches the input.

    Hint: The gradient of the kernel is right. How do the numbers of X come into the padded input?
    """
    size = _sizes(X, K, padding, stride)
    ph, pw = padding
    return _slide(_pad2d(X.detach(), pw, pw, ph, ph), K, size, stride)


def pad_stride_cut_off_if_padded(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Makes a new tensor of bare numbers when there is padding to add.

    Hint: The gradients are right as long as there is no padding. What differs in that branch?
    """
    size = _sizes(X, K, padding, stride)
    ph, pw = padding
    if ph or pw:
        X = _pad2d(X.data, pw, pw, ph, ph)
    return _slide(X, K, size, stride)


def pad_stride_kernel_without_history(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Reads the kernel's entries as bare numbers: no gradient reaches it.

    Hint: The gradient of the input is right. What does .item() forget?
    """
    return _corr2d(X, K.detach(), padding, stride)


def pad_stride_size_check_before_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Compares the kernel with the bare input, and refuses kernels that fit.

    Hint: Does a 3×3 kernel fit into a 2×2 input with padding (1, 1)?
    """
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("the kernel is larger than the input")
    return _corr2d(X, K, padding, stride)


def pad_stride_no_size_check(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Raises no ValueError where the kernel does not fit into the padded input.

    Hint: What does the formula for the size come to when the kernel is too tall?
    """
    (ph, pw), (sh, sw) = padding, stride
    P = _pad2d(X, pw, pw, ph, ph)
    if min(sh, sw) < 1:
        raise ValueError("stride must be at least 1")
    oh, ow = P.shape[0] - K.shape[0] + 1, P.shape[1] - K.shape[1] + 1
    return _corr2d(P, K, (0, 0), stride) if min(oh, ow) > 0 else P.new_zeros(max(0, oh), max(0, ow))


def pad_stride_no_stride_check(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Raises no ValueError for a stride below 1, but divides by it or carries on.

    Hint: What does your code do with stride (1, 0), and with (-1, 1)? Read "Raises" once more.
    """
    ph, pw = padding
    P = _pad2d(X, pw, pw, ph, ph)
    size = [(n - k) // s + 1 for n, k, s in zip(P.shape, K.shape, stride, strict=True)]
    if min(size) < 1:
        raise ValueError("the kernel is larger than the padded input")
    return _slide(P, K, size, stride)


def pad_stride_crops_for_negative_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Raises no ValueError for a negative padding, which F.pad takes for cropping.

    Hint: What does your code do with a padding of −1? Read "Raises" once more.
    """
    ph, pw = padding
    return _corr2d(F.pad(X, (pw, pw, ph, ph)), K, (0, 0), stride)


def pad_stride_multiplies_in_place(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Multiplies the kernel into the padded input, which later windows read.

    Hint: Is a slice of a tensor a copy? Print the padded input after the first window.
    """
    (oh, ow), (ph, pw), (sh, sw) = _sizes(X, K, padding, stride), padding, stride
    P = _pad2d(X, pw, pw, ph, ph)
    rows = []
    for i in range(oh):
        row = []
        for j in range(ow):
            window = P[i * sh : i * sh + K.shape[0], j * sw : j * sw + K.shape[1]]
            window *= K
            row.append(window.sum())
        rows.append(torch.stack(row))
    return torch.stack(rows)


def pad_stride_assumes_contiguous(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Steps through memory as if the input's rows lay one after the other.

    Hint: What is X.stride() for a transposed X, and which strides does your code use?
    """
    (oh, ow), (ph, pw), (sh, sw) = _sizes(X, K, padding, stride), padding, stride
    P = _pad2d(X, pw, pw, ph, ph) if ph or pw else X
    W = P.shape[1]
    windows = torch.as_strided(P, (oh, ow, *K.shape), (sh * W, sw, W, 1))
    return (windows * K).sum((2, 3))


def pad_stride_swaps_both_pairs(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Reads both pairs as (width, height).

    Hint: With padding (1, 0), should the output be higher or wider?
    """
    return _corr2d(X, K, padding[::-1], stride[::-1])


def pad_stride_stride_before_padding(X, K, stride=(1, 1), padding=(0, 0)):
    """corr2d_pad_stride: Takes the stride before the padding, which differs only without keywords.

    Hint: Compare the first line of your function with the one you were given.
    """
    return _corr2d(X, K, padding, stride)


def pad_stride_counts_steps(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Counts the steps between the windows, and so loses the last ones.

    Hint: How many windows are there where the kernel is as large as the input?
    """
    oh, ow = _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding, stride)[: oh - 1, : ow - 1]


def pad_stride_range_ends_early(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Stops before the last place where the kernel fits.

    Hint: Is the end of a range within the range? Which place is the last where the kernel fits?
    """
    _sizes(X, K, padding, stride)
    (h, w), (ph, pw), (sh, sw) = K.shape, padding, stride
    P = _pad2d(X, pw, pw, ph, ph)
    rows = []
    for i in range(0, P.shape[0] - h, sh):
        row = [(P[i : i + h, j : j + w] * K).sum() for j in range(0, P.shape[1] - w, sw)]
        rows.append(torch.stack(row))
    return torch.stack(rows)


def pad_stride_slices_to_minus_zero(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Puts the input at [ph:-ph, pw:-pw], which is empty for a padding of 0.

    Hint: What is P[0:-0]?
    """
    size, (ph, pw) = _sizes(X, K, padding, stride), padding
    P = X.new_zeros(X.shape[0] + 2 * ph, X.shape[1] + 2 * pw)
    P[ph:-ph, pw:-pw] = X
    return _slide(P, K, size, stride)


def pad_stride_negative_index(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Reads X at negative places, where Python counts from the end.

    Hint: What is X[-1, 0]? What should the kernel meet one row above the input?
    """
    (oh, ow), (ph, pw), (sh, sw) = _sizes(X, K, padding, stride), padding, stride
    H, W = X.shape
    Y = X.new_zeros(oh, ow)
    for i in range(oh):
        for j in range(ow):
            for a in range(K.shape[0]):
                for b in range(K.shape[1]):
                    row, column = i * sh + a - ph, j * sw + b - pw
                    if row < H and column < W:
                        Y[i, j] += X[row, column] * K[a, b]
    return Y


def pad_stride_thins_before_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Takes every s-th pixel of the bare input first, then pads and correlates.

    Hint: Does the stride move the window, or does it choose pixels within the window?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X[:: stride[0], :: stride[1]], K, padding)


def pad_stride_without_history(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Computes with bare numbers: no gradient reaches the input or the kernel.

    Hint: What do .item(), .data, NumPy and no_grad forget about a tensor?
    """
    return _corr2d(X.detach(), K.detach(), padding, stride)


def pad_stride_fails_for_integers(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Fails for whole numbers, which one of its operations refuses.

    Hint: Which of your operations wants floating point? The result may be floating point, too.
    """
    size = _sizes(X, K, padding, stride)
    columns = F.unfold(X[None, None], tuple(K.shape), padding=padding, stride=stride)
    return (K.reshape(1, -1) @ columns[0]).reshape(size)


def pad_stride_checks_size_only(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Raises a ValueError for the kernel, but none for the stride and padding.

    Hint: Read "Raises" once more. How many reasons for a ValueError are there?
    """
    ph, pw = padding
    P = F.pad(X, (pw, pw, ph, ph))
    if P.shape[0] < K.shape[0] or P.shape[1] < K.shape[1]:
        raise ValueError("the kernel is larger than the padded input")
    size = [(n - k) // s + 1 for n, k, s in zip(P.shape, K.shape, stride, strict=True)]
    return _slide(P, K, size, stride)


def pad_stride_no_checks(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Never raises a ValueError; other exceptions and results are not the same.

    Hint: Read "Raises" once more. What has to happen, and in which cases?
    """
    ph, pw = padding
    P = F.pad(X, (pw, pw, ph, ph))
    size = [(n - k) // s + 1 for n, k, s in zip(P.shape, K.shape, stride, strict=True)]
    return _slide(P, K, size, stride)


def pad_stride_pads_right_and_bottom(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Pads on the right and below only, once.

    Hint: Where in the padded input does X[0, 0] lie when the padding is (1, 1)?
    """
    _sizes(X, K, padding, stride)
    ph, pw = padding
    P = _pad2d(X, 0, pw, 0, ph)
    return _slide(P, K, _sizes(P, K, (0, 0), stride), stride)


def pad_stride_first_stride_for_both(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the first stride for height and width.

    Hint: Change only the second number of stride in a call. Does your result follow?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding, stride[:1] * 2)


def pad_stride_first_padding_for_both(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the first padding for height and width.

    Hint: Change only the second number of padding in a call. Does your result follow?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding[:1] * 2, stride)


def pad_stride_checks_first_stride(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Looks whether the stride's height is at least 1, and not its width.

    Hint: Try stride=(1, 0).
    """
    if stride[1] < 1:
        return X
    return _corr2d(X, K, padding, stride)


def pad_stride_defaults_to_kernel(X, K, padding=(0, 0), stride=None):
    """corr2d_pad_stride: Moves by the kernel's size where no stride is given, as pooling does.

    Hint: What stands for the stride in the first line of the task?
    """
    return _corr2d(X, K, padding, tuple(K.shape) if stride is None else stride)


def pad_stride_refuses_remainders(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Refuses inputs where the stride does not come out even.

    Hint: What happens to places at the end that no whole window reaches? Is that an error?
    """
    _sizes(X, K, padding, stride)
    for n, k, p, s in zip(X.shape, K.shape, padding, stride, strict=True):
        if (n + 2 * p - k) % s:
            raise ValueError("the stride leaves a remainder")
    return _corr2d(X, K, padding, stride)


def pad_stride_mean(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Takes the mean of the products in a window, not their sum.

    Hint: Work out the first number of the example by hand. What is yours divided by?
    """
    return _corr2d(X, K, padding, stride) / K.numel()


def pad_stride_size_without_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Pads the input, but counts the windows of the input as it was.

    Hint: Which height goes into your formula, that before or that after the padding?
    """
    _sizes(X, K, padding, stride)
    size = [(n - k) // s + 1 for n, k, s in zip(X.shape, K.shape, stride, strict=True)]
    ph, pw = padding
    return _slide(_pad2d(X, pw, pw, ph, ph), K, size, stride)


def pad_stride_stacks_nothing(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Raises no ValueError for a stride below 1, but divides by it or carries on.

    Hint: What does your code do with stride (1, 0), and with (-1, 1)? Read "Raises" once more.

    Same as: pad_stride_no_stride_check
    """
    if min(stride) < 1 <= 1 + min(padding):
        return X
    return _corr2d(X, K, padding, stride)


def _check_pairs(padding, stride):
    if min(stride) < 1 or min(padding) < 0:
        raise ValueError("stride must be at least 1, padding at least 0")


def pad_stride_second_stride_for_both(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the second stride for height and width.

    Hint: Change only the first number of stride in a call. Does your result follow?
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, padding, stride[1:] * 2)


def pad_stride_second_padding_for_both(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the second padding for height and width.

    Hint: Change only the first number of padding in a call. Does your result follow?
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, padding[1:] * 2, stride)


def pad_stride_second_padding_after_check(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the second padding for height and width.

    Hint: Change only the first number of padding in a call. Does your result follow?

    Same as: pad_stride_second_padding_for_both
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding[1:] * 2, stride)


def pad_stride_first_padding_before_check(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the first padding for height and width.

    Hint: Change only the second number of padding in a call. Does your result follow?

    Same as: pad_stride_first_padding_for_both
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, padding[:1] * 2, stride)


def pad_stride_first_of_pairs_before_check(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the first number of each pair for height and width.

    Hint: Change only the second number of a pair in a call. Does your result follow?

    Same as: pad_stride_first_of_each_pair
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, padding[:1] * 2, stride[:1] * 2)


def pad_stride_pads_twice(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Adds twice the padding on each side.

    Hint: With padding (1, 1), how many rows should the padded input have more than the input?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, (2 * padding[0], 2 * padding[1]), stride)


def pad_stride_pads_twice_before_check(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Adds twice the padding on each side.

    Hint: With padding (1, 1), how many rows should the padded input have more than the input?

    Same as: pad_stride_pads_twice
    """
    return _corr2d(X, K, (2 * padding[0], 2 * padding[1]), stride)


def pad_stride_spreads_kernel(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Spreads the kernel's values s places apart, which is dilation.

    Hint: What does the stride move, the window or the values within it?
    """
    _check_pairs(padding, stride)
    (h, w), (sh, sw) = K.shape, stride
    spread = K.new_zeros(sh * (h - 1) + 1, sw * (w - 1) + 1)
    spread[::sh, ::sw] = K
    return _corr2d(X, spread, padding)


def pad_stride_size_counts_padding_once(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Pads all sides, but counts the padding once for the size of the output.

    Hint: Which height goes into your formula? Compare it with the padded input's.
    """
    _sizes(X, K, padding, stride)
    places = zip(X.shape, K.shape, padding, stride, strict=True)
    oh, ow = (max(0, (n + p - k) // s + 1) for n, k, p, s in places)
    return _corr2d(X, K, padding, stride)[:oh, :ow]


def pad_stride_refuses_gaps(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Refuses a stride larger than the kernel, which is allowed.

    Hint: May places of the input be seen by no window at all? Read "Raises" once more.
    """
    if stride[0] > K.shape[0] or stride[1] > K.shape[1]:
        raise ValueError("the stride is larger than the kernel")
    return _corr2d(X, K, padding, stride)


def pad_stride_room_ends_early(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Stops before the last place where the kernel fits.

    Hint: Is the end of a range within the range? Which place is the last where the kernel fits?

    Same as: pad_stride_range_ends_early
    """
    Y = _corr2d(X, K, padding, stride)
    places = zip(X.shape, K.shape, padding, stride, strict=True)
    oh, ow = (len(range(0, n + 2 * p - k, s)) for n, k, p, s in places)
    return Y[:oh, :ow]


def pad_stride_pads_kernel(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Surrounds the kernel with zeros, where the input should get the border.

    Hint: Does your output grow or shrink with the padding?
    """
    ph, pw = padding
    return _corr2d(X, _pad2d(K, pw, pw, ph, ph), (0, 0), stride)


def pad_stride_square_window(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Takes the kernel's height for its width as well.

    Hint: Try a kernel of one row and three columns. How wide is the window that it meets?
    """
    size, (ph, pw), (sh, sw), k = _sizes(X, K, padding, stride), padding, stride, K.shape[0]
    P = _pad2d(X, pw, pw, ph, ph)
    windows = P.unfold(0, k, sh).unfold(1, k, sw)
    return (windows * K).sum((2, 3)) if size else P


def pad_stride_down_only(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the stride for the rows only and moves by one to the right.

    Hint: Change only the second number of stride in a call. Does your result follow?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding, (stride[0], 1))


def pad_stride_right_only(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses the stride for the columns only and moves down by one.

    Hint: Change only the first number of stride in a call. Does your result follow?
    """
    _sizes(X, K, padding, stride)
    return _corr2d(X, K, padding, (1, stride[1]))


def pad_stride_rows_padded_only(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Pads above and below only.

    Hint: Print your padded input. How many of its four sides have a border?
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, (padding[0], 0), stride)


def pad_stride_columns_padded_only(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Pads on the left and right only.

    Hint: Print your padded input. How many of its four sides have a border?
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, (0, padding[1]), stride)


def pad_stride_leaves_gaps(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Leaves zeros between the results, in an output as large as for stride 1.

    Hint: With stride (2, 2), to which row of the output does the second window belong?
    """
    _sizes(X, K, padding, stride)
    full, (sh, sw) = _corr2d(X, K, padding), stride
    Y = torch.zeros_like(full)
    Y[::sh, ::sw] = full[::sh, ::sw]
    return Y


def pad_stride_transposes_kernel(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Lays the kernel on the window with its rows and columns exchanged.

    Hint: Which entry of the kernel belongs to the upper right corner of the window?
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K.t(), padding, stride)


def pad_stride_larger_of_each_pair(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Uses one number of each pair, the larger one, for height and width.

    Hint: Change only one number of a pair in a call. Which sizes of your result follow?
    """
    _check_pairs(padding, stride)
    return _corr2d(X, K, (max(padding),) * 2, (max(stride),) * 2)


def pad_stride_index_is_place(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Writes a result to the place where its window begins, beyond the output.

    Hint: With stride 2, the second window begins in row 2. In which row does its result belong?
    """
    (oh, ow), (sh, sw) = _sizes(X, K, padding, stride), stride
    full = _corr2d(X, K, padding)
    Y = full.new_zeros(oh, ow)
    for i in range(0, full.shape[0], sh):
        for j in range(0, full.shape[1], sw):
            Y[i, j] = full[i, j]
    return Y


def pad_stride_swaps_padding_after_size(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Reads the padding as (width, height).

    Hint: With padding (1, 0), should the output be higher or wider?

    Same as: pad_stride_swaps_padding
    """
    size, (ph, pw) = _sizes(X, K, padding, stride), padding
    return _slide(_pad2d(X, ph, ph, pw, pw), K, size, stride)


def pad_stride_size_swapped(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Takes the number of output rows from the widths, and of columns from heights.

    Hint: Which of the two comes first in X.shape? Try an input with more columns than rows.
    """
    (ow, oh), (ph, pw) = _sizes(X, K, padding, stride), padding
    return _slide(_pad2d(X, pw, pw, ph, ph), K, (oh, ow), stride)


def pad_stride_keeps_last_product(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Overwrites the result at each kernel entry, where products should add up.

    Hint: After the loop over the kernel, which of its entries still has a say in the result?
    """
    (oh, ow), (ph, pw), (sh, sw) = _sizes(X, K, padding, stride), padding, stride
    P, (h, w) = _pad2d(X, pw, pw, ph, ph), K.shape
    return P[h - 1 :: sh, w - 1 :: sw][:oh, :ow] * K[-1, -1]


def pad_stride_ignores_kernel_values(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Adds up each window; of the kernel it uses the shape only.

    Hint: Multiply the kernel by 10. What happens to your result?
    """
    return _corr2d(X, torch.ones_like(K), padding, stride)


def pad_stride_refuses_wide_padding(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Refuses a padding as large as the kernel, which is allowed.

    Hint: May a window hold nothing but zeros? Read "Raises" once more.
    """
    if padding[0] >= K.shape[0] or padding[1] >= K.shape[1]:
        raise ValueError("the padding is as large as the kernel")
    return _corr2d(X, K, padding, stride)


def pad_stride_pads_with_ones(X, K, padding=(0, 0), stride=(1, 1)):
    """corr2d_pad_stride: Fills the border with ones, not with zeros.

    Hint: Print your padded input. What should its border hold?
    """
    size, (ph, pw) = _sizes(X, K, padding, stride), padding
    return _slide(_pad2d(X, pw, pw, ph, ph, 1.0), K, size, stride)
