"""Wrong programs for assignment 05, as students write them."""

import math

import torch
import torch.nn.functional as F


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


# --- pool2d --------------------------------------------------------------------------------------


def _known(mode):
    if mode not in ("max", "avg"):
        raise ValueError("mode is neither max nor avg")


def _stacked(X, h, w):
    """(h·w, H−h+1, W−w+1): the values of every window, floating point where they were not."""
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    X = X if X.is_floating_point() else X.double()
    return torch.stack([X[a : a + oh, b : b + ow] for a in range(h) for b in range(w)])


def _pool2d(X, pool_size, mode):
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.amax(0) if mode == "max" else windows.mean(0)


def _reduced(window, mode):
    return window.max() if mode == "max" else window.to(_floating(window)).mean()


def _floating(X):
    return X.dtype if X.is_floating_point() else torch.float64


def pool2d_side_by_side(X, pool_size, mode="max"):
    """pool2d: Moves the window by its own size instead of one place at a time.

    Hint: How many windows of width 2 are there in a row of width 3, and where does each start?
    """
    h, w = _pair(pool_size)
    return _pool2d(X, pool_size, mode)[::h, ::w]


def pool2d_stops_one_early(X, pool_size, mode="max"):
    """pool2d: Stops one place too early in both directions, with H − h rows and W − w columns.

    Hint: In how many places does a window of width 2 fit into a row of width 3?
    """
    return _pool2d(X, pool_size, mode)[:-1, :-1]


def pool2d_swaps_window(X, pool_size, mode="max"):
    """pool2d: Reads the window's size as (width, height).

    Hint: Try a window of one row and three columns on a small input: what shape comes out?
    """
    return _pool2d(X, _pair(pool_size)[::-1], mode)


def pool2d_pads_to_same_size(X, pool_size, mode="max"):
    """pool2d: Lets windows hang over the right and lower end, so that the output is as large as X.

    Hint: Where does the last window start that lies in the input altogether?
    """
    _known(mode)
    (h, w), (H, W) = _pair(pool_size), X.shape
    rows = [
        torch.stack([_reduced(X[i : i + h, j : j + w], mode) for j in range(W)]) for i in range(H)
    ]
    return torch.stack(rows)


def pool2d_sums_windows(X, pool_size, mode="max"):
    """pool2d: Adds up the window for "avg" and forgets to divide.

    Hint: Pool an input that is 1 everywhere: what is the mean of ones?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.amax(0) if mode == "max" else windows.sum(0)


def pool2d_divides_by_square(X, pool_size, mode="max"):
    """pool2d: Divides the sum by the square of one side, as if every window were square.

    Hint: Pool an input that is 1 everywhere, with a window that is not square.
    """
    _known(mode)
    h, w = _pair(pool_size)
    windows = _stacked(X, h, w)
    return windows.amax(0) if mode == "max" else windows.sum(0) / (h * h)


def pool2d_always_max(X, pool_size, mode="max"):
    """pool2d: Takes maxima whatever the mode.

    Hint: Call it with both modes on the same input and compare.
    """
    _known(mode)
    return _pool2d(X, pool_size, "max")


def pool2d_starts_at_zero(X, pool_size, mode="max"):
    """pool2d: Compares with 0 first when it looks for the maximum, so nothing below 0 can win.

    Hint: What is the largest value of a window that holds −3 and −5 only? What do you get?
    """
    Y = _pool2d(X, pool_size, mode)
    return Y.clamp(min=0) if mode == "max" else Y


def pool2d_starts_at_a_low_number(X, pool_size, mode="max"):
    """pool2d: Starts the search for the maximum at some low number that it takes for the lowest.

    Hint: Is your first candidate really below every number that can come in?
    """
    Y = _pool2d(X, pool_size, mode)
    return Y.clamp(min=-1e9) if mode == "max" else Y


def pool2d_adds_ties(X, pool_size, mode="max"):
    """pool2d: Adds up all places that hold the largest value of a window.

    Hint: What do you get for a window of ones, with mode "max"?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    wins = windows == windows.amax(0)
    return (windows * wins).sum(0) if mode == "max" else windows.mean(0)


def pool2d_truncates_means(X, pool_size, mode="max"):
    """pool2d: Writes the means of a whole-number input into a whole-number result.

    Hint: What is the mean of 1 and 2, and which dtype can hold it?
    """
    return _pool2d(X, pool_size, mode).to(X.dtype)


def pool2d_default_dtype(X, pool_size, mode="max"):
    """pool2d: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print the dtype of the input and of the result.
    """
    Y = _pool2d(X, pool_size, mode)
    result = torch.zeros(Y.shape)
    result[:] = Y
    return result


def pool2d_means_in_float32(X, pool_size, mode="max"):
    """pool2d: Turns every window into float32 for the mean, whatever it was before.

    Hint: Which dtype does .float() stand for? Which dtypes have a mean as they are?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.amax(0) if mode == "max" else windows.float().mean(0)


def pool2d_takes_items(X, pool_size, mode="max"):
    """pool2d: Cuts the result off, by numbers, numpy or .data, so that no gradient flows back.

    Hint: Does the result know where its numbers come from? Look at its grad_fn.
    """
    return torch.tensor(_pool2d(X, pool_size, mode).tolist(), dtype=_floating(X))


def pool2d_writes_into_input(X, pool_size, mode="max"):
    """pool2d: Writes the results into a slice of X, which is X itself and no copy.

    Hint: Print X before and after the call.
    """
    _known(mode)
    h, w = _pair(pool_size)
    Y = X[: X.shape[0] - h + 1, : X.shape[1] - w + 1]
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = _reduced(X[i : i + h, j : j + w], mode)
    return Y


def pool2d_wants_a_pair(X, pool_size, mode="max"):
    """pool2d: Unpacks the window's size as a pair, and fails on an int.

    Hint: What may pool_size be, besides a pair?
    """
    h, w = pool_size
    return _pool2d(X, (h, w), mode)


def pool2d_averages_otherwise(X, pool_size, mode="max"):
    """pool2d: Raises no ValueError for a mode that it does not know; another exception is not the same.

    Hint: What should happen if somebody misspells the mode?
    """
    return _pool2d(X, pool_size, "max" if mode == "max" else "avg")


def pool2d_modes_exchanged(X, pool_size, mode="max"):
    """pool2d: Takes means for "max" and maxima for "avg".

    Hint: Call it with mode="max" on an input with one large value. How far does that spread?
    """
    _known(mode)
    return _pool2d(X, pool_size, "avg" if mode == "max" else "max")


def pool2d_square_window(X, pool_size, mode="max"):
    """pool2d: Takes the window's height for its width as well.

    Hint: Try a window of one row and three columns on a small input: what shape comes out?
    """
    _known(mode)
    h, _ = _pair(pool_size)
    return _pool2d(X, (h, h), mode)


def pool2d_fails_for_integers(X, pool_size, mode="max"):
    """pool2d: Fails where the mean of integers is asked for.

    Hint: For which dtypes is mean defined? What could be done with the others before?
    """
    _known(mode)
    h, w = _pair(pool_size)
    windows = X.unfold(0, h, 1).unfold(1, w, 1)
    return windows.amax((2, 3)) if mode == "max" else windows.mean((2, 3))


def pool2d_takes_minimum(X, pool_size, mode="max"):
    """pool2d: Takes the smallest value of a window for "max".

    Hint: Pool an input with one large value. Where does it go?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.amin(0) if mode == "max" else windows.mean(0)


def pool2d_largest_magnitude(X, pool_size, mode="max"):
    """pool2d: Takes the value that is furthest from 0, whatever its sign.

    Hint: Which is larger, −5 or 2?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    if mode == "avg":
        return windows.mean(0)
    return windows.gather(0, windows.abs().argmax(0, keepdim=True))[0]


def pool2d_absolute_values(X, pool_size, mode="max"):
    """pool2d: Takes the maximum of the absolute values.

    Hint: Which is larger, −5 or 2? May a maximum be something that is not in the window?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.abs().amax(0) if mode == "max" else windows.mean(0)


def pool2d_average_by_default(X, pool_size, mode="avg"):
    """pool2d: Averages where no mode is given.

    Hint: What stands for the mode in the first line of the task?
    """
    return _pool2d(X, pool_size, mode)


def pool2d_wants_a_mode(X, pool_size, mode):
    """pool2d: Has no default for the mode.

    Hint: What stands for the mode in the first line of the task?
    """
    return _pool2d(X, pool_size, mode)


def pool2d_refuses_equal_size(X, pool_size, mode="max"):
    """pool2d: Refuses a window as tall or as wide as the input, which fits exactly once.

    Hint: What does H − h + 1 come to when h equals H?
    """
    (h, w), (H, W) = _pair(pool_size), X.shape
    if h >= H or w >= W:
        raise ValueError("the window is larger than the input")
    return _pool2d(X, pool_size, mode)


def pool2d_divides_by_width(X, pool_size, mode="max"):
    """pool2d: Divides the sum by the window's width, and forgets its height.

    Hint: Pool an input that is 1 everywhere: what is the mean of ones?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.amax(0) if mode == "max" else windows.sum(0) / _pair(pool_size)[1]


def pool2d_divides_by_input(X, pool_size, mode="max"):
    """pool2d: Divides the sum by the number of all inputs, not by that of the window's.

    Hint: Pool an input that is 1 everywhere: what is the mean of ones?
    """
    _known(mode)
    windows = _stacked(X, *_pair(pool_size))
    return windows.amax(0) if mode == "max" else windows.sum(0) / X.numel()


def pool2d_one_axis_only(X, pool_size, mode="max"):
    """pool2d: Takes the maximum over one axis of the window and keeps one place of the other.

    Hint: Over how many axes does a window extend, and over how many does your maximum go?
    """
    _known(mode)
    windows, w = _stacked(X, *_pair(pool_size)), _pair(pool_size)[1]
    return windows[::w].amax(0) if mode == "max" else windows.mean(0)


def pool2d_always_average(X, pool_size, mode="max"):
    """pool2d: Takes means whatever the mode.

    Hint: Where does your code read the mode, once it is checked?
    """
    _known(mode)
    return _pool2d(X, pool_size, "avg")


def pool2d_swaps_window_and_fails(X, pool_size, mode="max"):
    """pool2d: Reads the window's size as (width, height).

    Hint: Try a window of one row and three columns on a small input: what shape comes out?

    Same as: pool2d_swaps_window
    """
    w, h = _pair(pool_size)
    if h > X.shape[0] or w > X.shape[1]:
        raise RuntimeError("the window does not fit into the input")
    return _pool2d(X, (h, w), mode)


def pool2d_takes_median(X, pool_size, mode="max"):
    """pool2d: Takes the median of a window for "avg".

    Hint: What is the mean of 0, 0, 0 and 8?
    """
    if mode == "avg":
        return _stacked(X, *_pair(pool_size)).median(0).values
    return _pool2d(X, pool_size, mode)


def pool2d_divides_by_height(X, pool_size, mode="max"):
    """pool2d: Divides the sum by the window's height, and forgets its width.

    Hint: What should the mean of a window of ones be? What is yours?
    """
    Y = _pool2d(X, pool_size, mode)
    return Y if mode == "max" else Y * _pair(pool_size)[1]


def pool2d_divides_by_sum_of_sides(X, pool_size, mode="max"):
    """pool2d: Divides the sum by the window's height plus its width.

    Hint: How many values lie in a window of 3 rows and 2 columns?
    """
    (h, w), Y = _pair(pool_size), _pool2d(X, pool_size, mode)
    return Y if mode == "max" else Y * (h * w) / (h + w)


def pool2d_transposes_output(X, pool_size, mode="max"):
    """pool2d: Gives the result with rows and columns exchanged.

    Hint: When the window moves one place to the right, where does your next number go?
    """
    return _pool2d(X, pool_size, mode).T


def pool2d_keeps_rows_of_window(X, pool_size, mode="max"):
    """pool2d: Reduces each row of the window, and keeps the rows as a further axis.

    Hint: How many dimensions does your result have? Over how many does a window extend?
    """
    _known(mode)
    (h, w), windows = _pair(pool_size), _stacked(X, *_pair(pool_size))
    windows = windows.unflatten(0, (h, w))
    rows = windows.amax(1) if mode == "max" else windows.mean(1)
    return rows.permute(1, 2, 0)


def pool2d_pools_everything(X, pool_size, mode="max"):
    """pool2d: Reduces the whole input to one number.

    Hint: How many windows are there? Which part of X does output (0, 0) see?
    """
    _known(mode)
    return _reduced(X, mode)


def pool2d_pads_with_zeros(X, pool_size, mode="max"):
    """pool2d: Pads with zeros, so that the output is as large as the input.

    Hint: How many windows of width 2 lie inside a row of 3 numbers?
    """
    h, w = _pair(pool_size)
    return _pool2d(F.pad(X, ((w - 1) // 2, w // 2, (h - 1) // 2, h // 2)), pool_size, mode)


def pool2d_takes_mean_for_avg(X, pool_size, mode="max"):
    """pool2d: Takes "mean" for another word for "avg".

    Hint: Which modes are there, and what should happen for any other word?
    """
    return _pool2d(X, pool_size, "avg" if mode == "mean" else mode)


def pool2d_writes_output_by_column(X, pool_size, mode="max"):
    """pool2d: Gives the result with rows and columns exchanged.

    Hint: When the window moves one place to the right, where does your next number go?

    Same as: pool2d_transposes_output
    """
    Y = _pool2d(X, pool_size, mode)
    if Y.shape[0] != Y.shape[1]:
        raise IndexError("no such row of the output")
    return Y.T


def pool2d_swaps_output_size(X, pool_size, mode="max"):
    """pool2d: Shapes the result with as many rows as it has columns, and the other way round.

    Hint: Try an input that is much wider than high. Is your result as well?
    """
    Y = _pool2d(X, pool_size, mode)
    return Y.reshape(Y.shape[1], Y.shape[0])


def pool2d_divides_by_four(X, pool_size, mode="max"):
    """pool2d: Divides the sum by 4, as in the example, whatever the window's size.

    Hint: How many values lie in a window of 3 rows and 2 columns?
    """
    (h, w), Y = _pair(pool_size), _pool2d(X, pool_size, mode)
    return Y if mode == "max" else Y * (h * w) / 4


# --- max_pool2d and avg_pool2d -------------------------------------------------------------------


def _check(kernel_size, padding):
    (h, w), (ph, pw) = _pair(kernel_size), _pair(padding)
    if 2 * ph > h or 2 * pw > w:
        raise ValueError("the padding is more than half the kernel")


def _strict_check(kernel_size, padding):
    (h, w), (ph, pw) = _pair(kernel_size), _pair(padding)
    if (ph and 2 * ph >= h) or (pw and 2 * pw >= w):
        raise ValueError("the padding is half the kernel or more")


def _count(n, k, s, p, ceil_mode):
    """The number of windows along one direction."""
    if not ceil_mode:
        return (n + 2 * p - k) // s + 1
    count = math.ceil((n + 2 * p - k) / s) + 1
    return count - 1 if (count - 1) * s >= n + p else count


def _count_all(n, k, s, p, ceil_mode):
    """The same without the rule for the last window."""
    return (math.ceil if ceil_mode else math.floor)((n + 2 * p - k) / s) + 1


def _count_up_to_far_end(n, k, s, p, ceil_mode):
    """The same with a rule that lets the last window start in the right padding."""
    count = _count_all(n, k, s, p, ceil_mode)
    return count - 1 if ceil_mode and (count - 1) * s >= n + 2 * p else count


def _count_without_padding(n, k, s, p, ceil_mode):
    """The same with a rule that takes a place in the padded input for one in the input."""
    count = _count_all(n, k, s, p, ceil_mode)
    return count - 1 if ceil_mode and (count - 1) * s >= n else count


def _count_one_more(n, k, s, p, ceil_mode):
    """The same with one more window in ceil mode, remainder or not."""
    count = _count_all(n, k, s, p, False) + ceil_mode
    return count - 1 if ceil_mode and (count - 1) * s >= n + p else count


def _count_one_more_anyway(n, k, s, p, ceil_mode):
    """The same without the rule for the last window."""
    return _count_all(n, k, s, p, False) + ceil_mode


def _extend(x, stride, padding, value, beyond):
    """The padding, and beyond it what a window in ceil mode may hang over."""
    (sh, sw), (ph, pw) = stride, padding
    P = F.pad(x, (pw, pw, ph, ph), value=value)
    return F.pad(P, (0, sw, 0, sh), value=beyond)


def _geometry(x, kernel_size, stride, padding, ceil_mode, count=_count):
    """Kernel, stride, padding and output size, each a pair."""
    kernel, padding = _pair(kernel_size), _pair(padding)
    stride = kernel if stride is None else _pair(stride)
    sizes = zip(x.shape[-2:], kernel, stride, padding, strict=True)
    return kernel, stride, padding, tuple(count(*size, ceil_mode) for size in sizes)


def _windows(P, kernel, stride, size):
    """(h·w, N, C, oh, ow): the values of every window."""
    (h, w), (sh, sw), (oh, ow) = kernel, stride, size
    places = [
        P[..., a : a + (oh - 1) * sh + 1 : sh, b : b + (ow - 1) * sw + 1 : sw]
        for a in range(h)
        for b in range(w)
    ]
    return torch.stack(places)


def _max(x, kernel_size, stride, padding, ceil_mode, value=-math.inf, count=_count):
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode, count)
    return _windows(_extend(x, stride, padding, value, value), kernel, stride, size).amax(0)


def _sum(x, kernel_size, stride, padding, ceil_mode, value=0.0, count=_count):
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode, count)
    return _windows(_extend(x, stride, padding, value, 0.0), kernel, stride, size).sum(0)


def _divisor(x, kernel_size, stride, padding, ceil_mode, counted, count=_count):
    ones = torch.ones_like(x)
    return _sum(ones, kernel_size, stride, padding, ceil_mode, float(counted), count)


def _avg(x, kernel_size, stride, padding, ceil_mode, counted, count=_count):
    total = _sum(x, kernel_size, stride, padding, ceil_mode, count=count)
    return total / _divisor(x, kernel_size, stride, padding, ceil_mode, counted, count)


# --- max_pool2d ----------------------------------------------------------------------------------


def max_pool_pads_with_zeros(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with zeros, which win wherever all values of a window are negative.

    Hint: What is the largest value of a window that holds −3, −5 and padding? What do you get?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, value=0.0)


def max_pool_pads_with_a_low_number(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with some low number that it takes for the lowest.

    Hint: Is your padding really below every number that can come in?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, value=-1e9)


def max_pool_pads_with_smallest_value(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with the input's smallest value, which may tie and take gradient away.

    Hint: Can a place in the padding be the largest of its window? Whose gradient is that?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, value=x.min().item())


def max_pool_adds_ties(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Adds up all places that hold the largest value of a window.

    Hint: What do you get for a window of ones?
    """
    _check(kernel_size, padding)
    kernel, step, pad, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    windows = _windows(_extend(x, step, pad, -math.inf, -math.inf), kernel, step, size)
    return windows.where(windows == windows.amax(0), 0.0).sum(0)


def max_pool_default_stride_one(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes 1 for the stride when none is given.

    Hint: Do pooling windows overlap when nobody asks for it? Read the line on stride again.
    """
    _check(kernel_size, padding)
    stride = 1 if stride is None else stride
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_stride_only_in_size(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Counts the windows with the stride but starts window number i at place i.

    Hint: In which row of the padded input does the second window start, if the stride is 2?
    """
    _check(kernel_size, padding)
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = _extend(x, stride, padding, -math.inf, -math.inf)
    return _windows(P, kernel, (1, 1), size).amax(0)


def max_pool_swaps_stride(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Reads the stride as (width, height).

    Hint: Try stride (1, 2) on a small input: which of the two sides gets shorter?
    """
    _check(kernel_size, padding)
    stride = _pair(kernel_size) if stride is None else _pair(stride)[::-1]
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_swaps_padding(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads the width by the first number of the padding and the height by the second.

    Hint: In which order does the function that you pad with take its numbers?
    """
    _check(kernel_size, padding)
    padding = _pair(padding)[::-1]
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_padding_in_total(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes the padding for the rows and columns added in total, not on each side.

    Hint: How large is a 4 by 4 input after padding by 1?
    """
    _check(kernel_size, padding)
    ph, pw = _pair(padding)
    x = F.pad(x, (pw // 2, pw - pw // 2, ph // 2, ph - ph // 2), value=-math.inf)
    return _max(x, kernel_size, stride, 0, ceil_mode)


def max_pool_keeps_the_rest(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Rounds the number of windows up whether ceil_mode is set or not.

    Hint: What becomes of the last column of 5, with windows of 2 side by side?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, True)


def max_pool_ignores_ceil_mode(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Rounds the number of windows down whether ceil_mode is set or not.

    Hint: What should ceil_mode change in the last column of 5, with windows of 2 side by side?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, False)


def max_pool_ceil_keeps_every_window(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Keeps the last window of ceil mode though it starts in the right padding.

    Hint: Look for infinite numbers in your result: where does their window start?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, count=_count_all)


def max_pool_ceil_up_to_far_end(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Lets the last window of ceil mode start anywhere in the padded input.

    Hint: In which padding may the last window start, in the left one, the right one, or both?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, count=_count_up_to_far_end)


def max_pool_ceil_rule_without_padding(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Forgets the left padding in the rule for the last window of ceil mode.

    Hint: A window starts at place 5 of the padded input. Which place of the input is that?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, count=_count_without_padding)


def max_pool_ceil_one_more(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Adds a window in ceil mode even where nothing is left over.

    Hint: How many windows of width 3 fit into 7 places with stride 2? What is left over?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, count=_count_one_more)


def max_pool_zeros_beyond_padding(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Fills what a window in ceil mode hangs over with zeros.

    Hint: What is the largest value of a last window that holds −3 and a place beyond the end?
    """
    _check(kernel_size, padding)
    kernel, step, pad, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    return _windows(_extend(x, step, pad, -math.inf, 0.0), kernel, step, size).amax(0)


def max_pool_mixes_channels(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes one maximum over all channels of a window.

    Hint: Make one channel much larger than the other: does the other one's result change?
    """
    _check(kernel_size, padding)
    Y = _max(x, kernel_size, stride, padding, ceil_mode)
    return Y.amax(1, keepdim=True).expand_as(Y)


def max_pool_mixes_images(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes one maximum over all images of the batch.

    Hint: Pool two images together and each one alone: do the results agree?
    """
    _check(kernel_size, padding)
    Y = _max(x, kernel_size, stride, padding, ceil_mode)
    return Y.amax(0, keepdim=True).expand_as(Y)


def max_pool_default_dtype(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print the dtype of the input and of the result.
    """
    _check(kernel_size, padding)
    Y = _max(x, kernel_size, stride, padding, ceil_mode)
    result = torch.zeros(Y.shape)
    result[:] = Y
    return result


def max_pool_takes_items(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Cuts the result off, by numbers, numpy or .data, so that no gradient flows back.

    Hint: Does the result know where its numbers come from? Look at its grad_fn.
    """
    _check(kernel_size, padding)
    return torch.tensor(_max(x, kernel_size, stride, padding, ceil_mode).tolist(), dtype=x.dtype)


def max_pool_refuses_half(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Refuses padding of exactly half the kernel, too.

    Hint: Is one place of padding too much for a window of width 2?
    """
    _strict_check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_checks_height_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Compares the padding with half the kernel downward only.

    Hint: Which of the two directions have you compared?
    """
    if 2 * _pair(padding)[0] > _pair(kernel_size)[0]:
        raise ValueError("the padding is more than half the kernel")
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_no_padding_check(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Raises no ValueError for too much padding; another exception is not the same.

    Hint: What does a window hold that lies in the padding altogether?
    """
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_ignores_padding(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Leaves the padding out.

    Hint: How many rows come out with padding=1, and how many without?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, 0, ceil_mode)


def max_pool_swaps_padding_first(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads the width by the first number of the padding and the height by the second.

    Hint: In which order does the function that you pad with take its numbers?

    Same as: max_pool_swaps_padding
    """
    padding = _pair(padding)[::-1]
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_half_of_padding(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes the padding for the rows and columns added in total, not on each side.

    Hint: How large is a 4 by 4 input after padding by 1?

    Same as: max_pool_padding_in_total
    """
    _check(kernel_size, padding)
    ph, pw = _pair(padding)
    return _max(x, kernel_size, stride, (ph // 2, pw // 2), ceil_mode)


def max_pool_swaps_kernel(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Reads the window's size as (width, height).

    Hint: Try a window of one row and three columns on a small input: what shape comes out?
    """
    kernel_size = _pair(kernel_size)[::-1]
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_default_stride_square(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Moves by the window's height in both directions where no stride is given.

    Hint: Without a stride, do windows of two rows and three columns touch?
    """
    _check(kernel_size, padding)
    stride = _pair(kernel_size)[0] if stride is None else stride
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_first_stride_for_both(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Uses the first stride for height and width.

    Hint: Change only the second number of stride in a call. Does your result follow?
    """
    _check(kernel_size, padding)
    stride = stride if stride is None else _pair(stride)[0]
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_first_image_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pools the first image and forgets the rest of the batch.

    Hint: How many images go in, and how many come out?
    """
    _check(kernel_size, padding)
    return _max(x[:1], kernel_size, stride, padding, ceil_mode)


def max_pool_first_channel_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pools the first channel and forgets the others.

    Hint: How many channels go in, and how many come out?
    """
    _check(kernel_size, padding)
    return _max(x[:, :1], kernel_size, stride, padding, ceil_mode)


def max_pool_wants_numbers(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Expects numbers for kernel, stride and padding and fails with a pair.

    Hint: Call your function with kernel_size=(2, 3). Which line raises?
    """
    for number in (kernel_size, kernel_size if stride is None else stride, padding):
        int(number)
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_pads_two_sides(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Puts all the padding on the right and below.

    Hint: Where in the padded image does x[..., 0, 0] lie when the padding is 1?
    """
    _check(kernel_size, padding)
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    (ph, pw), (sh, sw) = padding, stride
    P = F.pad(x, (0, 2 * pw + sw, 0, 2 * ph + sh), value=-math.inf)
    return _windows(P, kernel, stride, size).amax(0)


def max_pool_absolute_values(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes the maximum of the absolute values.

    Hint: Which is larger, −5 or 2? May a maximum be something that is not in the window?
    """
    _check(kernel_size, padding)
    return _max(x.abs(), kernel_size, stride, padding, ceil_mode)


def max_pool_takes_minimum(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes the smallest value of a window.

    Hint: Pool an input with one large value. Where does it go?
    """
    _check(kernel_size, padding)
    return -_max(-x, kernel_size, stride, padding, ceil_mode)


def max_pool_takes_zeros_for_padding(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Knows the padding by its zeros, and so takes zeros of the image for padding.

    Hint: Pool an image of zeros. What comes out?
    """
    _check(kernel_size, padding)
    x = torch.where(x == 0, torch.full_like(x, -math.inf), x)
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_ignores_stride(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Moves the window by one place at a time, whatever the stride.

    Hint: Search your code for every place where stride is read.
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, 1, padding, ceil_mode)


def max_pool_stride_is_kernel_size(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Moves by the window's size, whatever the stride.

    Hint: What does your code do with stride=1?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, None, padding, ceil_mode)


def max_pool_swaps_kernel_and_fails(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Reads the window's size as (width, height).

    Hint: Try a window of one row and three columns on a small input: what shape comes out?

    Same as: max_pool_swaps_kernel
    """
    kernel_size = _pair(kernel_size)[::-1]
    _check(kernel_size, padding)
    *_, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_swaps_all_pairs(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Reads every pair as (width, height).

    Hint: What does your code take the first number of kernel_size=(1, 3) for?
    """
    stride = stride if stride is None else _pair(stride)[::-1]
    kernel_size, padding = _pair(kernel_size)[::-1], _pair(padding)[::-1]
    _check(kernel_size, padding)
    *_, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_ceil_mode_reversed(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Rounds up when ceil_mode is False and down when it is True.

    Hint: Which way do you round for five columns and windows of two, side by side, by default?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, not ceil_mode)


def max_pool_checks_width_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Compares the padding with half the kernel to the right only.

    Hint: Which of the two directions have you compared?
    """
    if 2 * _pair(padding)[1] > _pair(kernel_size)[1]:
        raise ValueError("the padding is more than half the kernel")
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_checks_directions_together(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Refuses padding only if there is too much of it in both directions.

    Hint: Is a padding of (2, 0) all right for a window of 3?
    """
    (h, w), (ph, pw) = _pair(kernel_size), _pair(padding)
    if 2 * ph > h and 2 * pw > w:
        raise ValueError("the padding is more than half the kernel")
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_pairs_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes pairs apart, and fails where the kernel, the stride or the padding is a number.

    Hint: Call your function with kernel_size=2. Which line raises?
    """
    (h, w), (ph, pw) = kernel_size, padding or (0, 0)
    stride = (h, w) if stride is None else tuple(stride)
    _check((h, w), (ph, pw))
    return _max(x, (h, w), stride, (ph, pw), ceil_mode)


def max_pool_first_of_pairs(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Uses the first number of every pair for both directions.

    Hint: What does your code do with the second number of kernel_size=(2, 3)?
    """
    kernel_size, padding = _pair(kernel_size)[0], _pair(padding)[0]
    stride = stride if stride is None else _pair(stride)[0]
    _check(kernel_size, padding)
    *_, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    return _max(x, kernel_size, stride, padding, ceil_mode)


def max_pool_rounds_to_float32(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Computes in float32 and turns the result back, whose digits are lost.

    Hint: Do the digits come back when float32 is turned into float64?
    """
    _check(kernel_size, padding)
    Y = _max(x, kernel_size, stride, padding, ceil_mode)
    return Y.float().to(x.dtype)


def max_pool_one_short(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Forgets the + 1 in the number of windows.

    Hint: In how many places does a window of width 2 fit into a row of width 3?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode)[..., :-1, :-1]


def max_pool_transposes_image(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Gives every image with rows and columns exchanged.

    Hint: When the window moves to the right, where does your next number go?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode).transpose(-1, -2)


def max_pool_pads_with_zeros_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with zeros, which win wherever all values of a window are negative.

    Hint: What is the largest value of a window that holds −3, −5 and padding? What do you get?

    Same as: max_pool_pads_with_zeros
    """
    _check(kernel_size, padding)
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = _extend(x, stride, padding, 0.0, -math.inf)
    return _windows(P, kernel, stride, size).amax(0)


def max_pool_pads_with_minus_one(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with some low number that it takes for the lowest.

    Hint: Is your padding really below every number that can come in?

    Same as: max_pool_pads_with_a_low_number
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, value=-1.0)


def max_pool_pads_input_with_minus_one(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with some low number that it takes for the lowest.

    Hint: Is your padding really below every number that can come in?

    Same as: max_pool_pads_with_a_low_number
    """
    _check(kernel_size, padding)
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = _extend(x, stride, padding, -1.0, -math.inf)
    return _windows(P, kernel, stride, size).amax(0)


def max_pool_starts_at_zero(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Compares with 0 first when it looks for the maximum, so nothing below 0 can win.

    Hint: What is the largest of −3 and −5? With what does your search begin?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode).clamp(min=0)


def max_pool_takes_means(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes the mean of a window.

    Hint: Pool an input with one large value. What should be left of it?
    """
    _check(kernel_size, padding)
    h, w = _pair(kernel_size)
    return _sum(x, kernel_size, stride, padding, ceil_mode) / (h * w)


def max_pool_takes_means_with_infinity(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Takes the mean of a window.

    Hint: Pool an input with one large value. What should be left of it?

    Same as: max_pool_takes_means
    """
    _check(kernel_size, padding)
    kernel, stride, padding, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = _extend(x, stride, padding, -math.inf, -math.inf)
    return _windows(P, kernel, stride, size).mean(0)


def max_pool_ceil_one_more_anyway(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Adds a window in ceil mode even where nothing is left over.

    Hint: How many windows of width 3 fit into 7 places with stride 2? What is left over?

    Same as: max_pool_ceil_one_more
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, count=_count_one_more_anyway)


def max_pool_ceil_in_height_only(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Lets ceil_mode round the number of rows up, but not that of columns.

    Hint: Which directions does ceil_mode stand for? Try an input that is one column too wide.
    """
    _check(kernel_size, padding)
    rows = _geometry(x, kernel_size, stride, padding, ceil_mode)[-1][0]
    cols = _geometry(x, kernel_size, stride, padding, False)[-1][1]
    return _max(x, kernel_size, stride, padding, ceil_mode)[..., :rows, :cols]


def max_pool_pads_above_and_left(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Puts padding above and on the left, and none below and on the right.

    Hint: How wide does a row of 4 numbers get with padding 1?
    """
    _check(kernel_size, padding)
    kernel, stride, padding, _ = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = F.pad(x, (padding[1], 0, padding[0], 0), value=-math.inf)
    *_, size = _geometry(P, kernel, stride, 0, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    P = F.pad(P, (0, stride[1], 0, stride[0]), value=-math.inf)
    return _windows(P, kernel, stride, size).amax(0)


def max_pool_squeezes(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Squeezes the result, and drops every dimension of length 1.

    Hint: What shape should a batch of one image with one channel give?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode).squeeze()


def max_pool_ceil_fills_up_stride(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Makes the padded size a multiple of the stride in ceil mode.

    Hint: Where does the last window end when nothing is left over? Try width 3 and stride 2 in 7.
    """
    _check(kernel_size, padding)
    kernel, stride, (ph, pw), _ = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = F.pad(x, (pw, pw, ph, ph), value=-math.inf)
    if ceil_mode:
        P = F.pad(P, (0, -P.shape[3] % stride[1], 0, -P.shape[2] % stride[0]), value=-math.inf)
    return _windows(P, kernel, stride, _geometry(P, kernel, stride, 0, False)[-1]).amax(0)


def max_pool_pads_with_lowest_float32(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """max_pool2d: Pads with some low number that it takes for the lowest.

    Hint: Is your padding really below every number that can come in?

    Same as: max_pool_pads_with_a_low_number
    """
    _check(kernel_size, padding)
    lowest = torch.finfo(torch.float32).min
    return _max(x, kernel_size, stride, padding, ceil_mode, value=lowest)


# --- avg_pool2d ----------------------------------------------------------------------------------


def avg_pool_sums(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """avg_pool2d: Adds up the window and forgets to divide.

    Hint: Pool an input that is 1 everywhere: what is the mean of ones?
    """
    _check(kernel_size, padding)
    return _sum(x, kernel_size, stride, padding, ceil_mode)


def avg_pool_ignores_flag(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Counts the padding whatever count_include_pad says.

    Hint: Pad and pool an input that is 1 everywhere: what are the corners without the flag?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, True)


def avg_pool_never_counts_padding(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Counts the places inside the input only, whatever count_include_pad says.

    Hint: Pad and pool an input that is 1 everywhere: what are the corners with the flag?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, False)


def avg_pool_flag_reversed(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Counts the padding exactly when count_include_pad is False.

    Hint: Read the name of the flag aloud: what does True mean?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, not count_include_pad)


def avg_pool_flag_off_by_default(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=False
):
    """avg_pool2d: Does not count the padding unless told to.

    Hint: Call it without count_include_pad. Which default does the sheet give?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_drops_padding(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Leaves the padding out altogether when count_include_pad is False.

    Hint: Does the flag change how many windows there are, or only what they are divided by?
    """
    _check(kernel_size, padding)
    padding = padding if count_include_pad else 0
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_counts_nonzero(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes every zero for padding, the input's own zeros too.

    Hint: What is the mean of 0, 2 and 4?
    """
    _check(kernel_size, padding)
    if count_include_pad:
        return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    total = _sum(x, kernel_size, stride, padding, ceil_mode)
    count = _sum((x != 0).to(x.dtype), kernel_size, stride, padding, ceil_mode)
    return total / count.clamp(min=1)


def avg_pool_divides_by_whole_window(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Divides by the whole window, even one that ceil mode lets hang over the end.

    Hint: How many places of the last window in ceil mode lie inside the padded input?
    """
    _check(kernel_size, padding)
    if not count_include_pad:
        return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    h, w = _pair(kernel_size)
    return _sum(x, kernel_size, stride, padding, ceil_mode) / (h * w)


def avg_pool_pads_with_minus_infinity(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Pads with minus infinity, as max pooling does.

    Hint: What does the padding add to the sum of a window?
    """
    _check(kernel_size, padding)
    kernel, step, pad, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    P = _extend(x, step, pad, -math.inf, 0.0)
    divisor = _divisor(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    return _windows(P, kernel, step, size).sum(0) / divisor


def avg_pool_default_stride_one(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes 1 for the stride when none is given.

    Hint: Do pooling windows overlap when nobody asks for it? Read the line on stride again.
    """
    _check(kernel_size, padding)
    stride = 1 if stride is None else stride
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_swaps_stride(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Reads the stride as (width, height).

    Hint: Try stride (1, 2) on a small input: which of the two sides gets shorter?
    """
    _check(kernel_size, padding)
    stride = _pair(kernel_size) if stride is None else _pair(stride)[::-1]
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_swaps_padding(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Pads the width by the first number of the padding and the height by the second.

    Hint: In which order does the function that you pad with take its numbers?
    """
    _check(kernel_size, padding)
    padding = _pair(padding)[::-1]
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_keeps_the_rest(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Rounds the number of windows up whether ceil_mode is set or not.

    Hint: What becomes of the last column of 5, with windows of 2 side by side?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, True, count_include_pad)


def avg_pool_ignores_ceil_mode(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Rounds the number of windows down whether ceil_mode is set or not.

    Hint: What should ceil_mode change in the last column of 5, with windows of 2 side by side?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, False, count_include_pad)


def avg_pool_ceil_keeps_every_window(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Keeps the last window of ceil mode though it starts in the right padding.

    Hint: How many values of the input does your last window hold in ceil mode, with padding?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad, count=_count_all)


def avg_pool_ceil_up_to_far_end(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Lets the last window of ceil mode start anywhere in the padded input.

    Hint: In which padding may the last window start, in the left one, the right one, or both?
    """
    _check(kernel_size, padding)
    return _avg(
        x, kernel_size, stride, padding, ceil_mode, count_include_pad, count=_count_up_to_far_end
    )


def avg_pool_ceil_rule_without_padding(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Forgets the left padding in the rule for the last window of ceil mode.

    Hint: A window starts at place 5 of the padded input. Which place of the input is that?
    """
    _check(kernel_size, padding)
    return _avg(
        x, kernel_size, stride, padding, ceil_mode, count_include_pad, count=_count_without_padding
    )


def avg_pool_mixes_channels(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes one mean over all channels of a window.

    Hint: Make one channel much larger than the other: does the other one's result change?
    """
    _check(kernel_size, padding)
    Y = _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    return Y.mean(1, keepdim=True).expand_as(Y)


def avg_pool_default_dtype(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print the dtype of the input and of the result.
    """
    _check(kernel_size, padding)
    Y = _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    result = torch.zeros(Y.shape)
    result[:] = Y
    return result


def avg_pool_takes_items(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Cuts the result off, by numbers, numpy or .data, so that no gradient flows back.

    Hint: Does the result know where its numbers come from? Look at its grad_fn.
    """
    _check(kernel_size, padding)
    Y = _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    return torch.tensor(Y.tolist(), dtype=x.dtype)


def avg_pool_refuses_half(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Refuses padding of exactly half the kernel, too.

    Hint: Is one place of padding too much for a window of width 2?
    """
    _strict_check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_no_padding_check(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Raises no ValueError for too much padding; another exception is not the same.

    Hint: What does a window hold that lies in the padding altogether?
    """
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_ignores_padding(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Leaves the padding out.

    Hint: How many rows come out with padding=1, and how many without?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, 0, ceil_mode, count_include_pad)


def avg_pool_swaps_padding_first(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Pads the width by the first number of the padding and the height by the second.

    Hint: In which order does the function that you pad with take its numbers?

    Same as: avg_pool_swaps_padding
    """
    padding = _pair(padding)[::-1]
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_padding_in_total(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes the padding for the rows and columns added in total, not on each side.

    Hint: How large is a 4 by 4 input after padding by 1?
    """
    _check(kernel_size, padding)
    ph, pw = _pair(padding)
    return _avg(x, kernel_size, stride, (ph // 2, pw // 2), ceil_mode, count_include_pad)


def avg_pool_swaps_kernel(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Reads the window's size as (width, height).

    Hint: Try a window of one row and three columns on a small input: what shape comes out?
    """
    kernel_size = _pair(kernel_size)[::-1]
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_default_stride_square(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Moves by the window's height in both directions where no stride is given.

    Hint: Without a stride, do windows of two rows and three columns touch?
    """
    _check(kernel_size, padding)
    stride = _pair(kernel_size)[0] if stride is None else stride
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_first_stride_for_both(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Uses the first stride for height and width.

    Hint: Change only the second number of stride in a call. Does your result follow?
    """
    _check(kernel_size, padding)
    stride = stride if stride is None else _pair(stride)[0]
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_first_image_only(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Pools the first image and forgets the rest of the batch.

    Hint: How many images go in, and how many come out?
    """
    _check(kernel_size, padding)
    return _avg(x[:1], kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_wants_numbers(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Expects numbers for kernel, stride and padding and fails with a pair.

    Hint: Call your function with kernel_size=(2, 3). Which line raises?
    """
    for number in (kernel_size, kernel_size if stride is None else stride, padding):
        int(number)
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_always_divides_by_kernel(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Divides by the kernel's h · w always, whatever is to be counted.

    Hint: Which two things may make a window hold fewer values that count?
    """
    _check(kernel_size, padding)
    h, w = _pair(kernel_size)
    return _sum(x, kernel_size, stride, padding, ceil_mode) / (h * w)


def avg_pool_takes_maxima(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes the maximum of a window.

    Hint: Pool an input with one large value. How far should it spread, and how large?
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode)


def avg_pool_divides_by_square(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Divides the sum by the square of one side, as if every window were square.

    Hint: Pool an input that is 1 everywhere, with a window that is not square.
    """
    _check(kernel_size, padding)
    h, w = _pair(kernel_size)
    mean = _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    return mean * (w / h)


def avg_pool_ignores_stride(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Moves the window by one place at a time, whatever the stride.

    Hint: Search your code for every place where stride is read.
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, 1, padding, ceil_mode, count_include_pad)


def avg_pool_stride_is_kernel_size(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Moves by the window's size, whatever the stride.

    Hint: What does your code do with stride=1?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, None, padding, ceil_mode, count_include_pad)


def avg_pool_swaps_kernel_and_fails(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Reads the window's size as (width, height).

    Hint: Try a window of one row and three columns on a small input: what shape comes out?

    Same as: avg_pool_swaps_kernel
    """
    kernel_size = _pair(kernel_size)[::-1]
    _check(kernel_size, padding)
    *_, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_swaps_all_pairs(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Reads every pair as (width, height).

    Hint: What does your code take the first number of kernel_size=(1, 3) for?
    """
    stride = stride if stride is None else _pair(stride)[::-1]
    kernel_size, padding = _pair(kernel_size)[::-1], _pair(padding)[::-1]
    _check(kernel_size, padding)
    *_, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_ceil_mode_reversed(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Rounds up when ceil_mode is False and down when it is True.

    Hint: Which way do you round for five columns and windows of two, side by side, by default?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, not ceil_mode, count_include_pad)


def avg_pool_checks_width_only(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Compares the padding with half the kernel to the right only.

    Hint: Which of the two directions have you compared?
    """
    if 2 * _pair(padding)[1] > _pair(kernel_size)[1]:
        raise ValueError("the padding is more than half the kernel")
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_checks_height_only(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Compares the padding with half the kernel downward only.

    Hint: Which of the two directions have you compared?
    """
    if 2 * _pair(padding)[0] > _pair(kernel_size)[0]:
        raise ValueError("the padding is more than half the kernel")
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_checks_directions_together(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Refuses padding only if there is too much of it in both directions.

    Hint: Is a padding of (2, 0) all right for a window of 3?
    """
    (h, w), (ph, pw) = _pair(kernel_size), _pair(padding)
    if 2 * ph > h and 2 * pw > w:
        raise ValueError("the padding is more than half the kernel")
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_pairs_only(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes pairs apart, and fails where the kernel, the stride or the padding is a number.

    Hint: Call your function with kernel_size=2. Which line raises?
    """
    (h, w), (ph, pw) = kernel_size, padding or (0, 0)
    stride = (h, w) if stride is None else tuple(stride)
    _check((h, w), (ph, pw))
    return _avg(x, (h, w), stride, (ph, pw), ceil_mode, count_include_pad)


def avg_pool_first_of_pairs(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Uses the first number of every pair for both directions.

    Hint: What does your code do with the second number of kernel_size=(2, 3)?
    """
    kernel_size, padding = _pair(kernel_size)[0], _pair(padding)[0]
    stride = stride if stride is None else _pair(stride)[0]
    _check(kernel_size, padding)
    *_, size = _geometry(x, kernel_size, stride, padding, ceil_mode)
    if min(size) < 1:
        raise RuntimeError("the window does not fit into the padded input")
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)


def avg_pool_rounds_to_float32(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Computes in float32 and turns the result back, whose digits are lost.

    Hint: Do the digits come back when float32 is turned into float64?
    """
    _check(kernel_size, padding)
    Y = _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    return Y.float().to(x.dtype)


def avg_pool_one_short(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Forgets the + 1 in the number of windows.

    Hint: In how many places does a window of width 2 fit into a row of width 3?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad)[..., :-1, :-1]


def avg_pool_transposes_image(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Gives every image with rows and columns exchanged.

    Hint: When the window moves to the right, where does your next number go?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad).transpose(-1, -2)


def avg_pool_divides_by_height(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Divides the sum by the window's height, and forgets its width.

    Hint: What should the mean of a window of ones be? What is yours?
    """
    _check(kernel_size, padding)
    return _sum(x, kernel_size, stride, padding, ceil_mode) / _pair(kernel_size)[0]


def avg_pool_divides_by_square_of_height(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Divides the sum by the square of one side, as if every window were square.

    Hint: Pool an input that is 1 everywhere, with a window that is not square.

    Same as: avg_pool_divides_by_square
    """
    _check(kernel_size, padding)
    return _sum(x, kernel_size, stride, padding, ceil_mode) / _pair(kernel_size)[0] ** 2


def avg_pool_takes_maxima_with_zeros(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Takes the maximum of a window.

    Hint: Pool an input with one large value. How far should it spread, and how large?

    Same as: avg_pool_takes_maxima
    """
    _check(kernel_size, padding)
    return _max(x, kernel_size, stride, padding, ceil_mode, value=0.0)


def avg_pool_ceil_keeps_empty_window(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Keeps the last window of ceil mode though it starts in the right padding.

    Hint: Where may the last window of ceil mode start?

    Same as: avg_pool_ceil_keeps_every_window
    """
    _check(kernel_size, padding)
    arguments = (x, kernel_size, stride, padding, ceil_mode)
    n = _divisor(*arguments, count_include_pad, _count_all).clamp(min=1)
    return _sum(*arguments, count=_count_all) / n


def avg_pool_repeats_edge(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Pads with copies of the edge pixels.

    Hint: What does the padding add to the sum of a window?
    """
    _check(kernel_size, padding)
    ph, pw = _pair(padding)
    P = F.pad(x, (pw, pw, ph, ph), mode="replicate")
    total = _sum(P, kernel_size, stride or kernel_size, 0, ceil_mode)
    n = _divisor(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
    return total[..., : n.shape[-2], : n.shape[-1]] / n


def avg_pool_leaves_out_first_padding(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Does not count the padding above and on the left, but that below and on the right.

    Hint: On which sides is there padding? Try count_include_pad=False and look at the last window.
    """
    _check(kernel_size, padding)
    (ph, pw), arguments = _pair(padding), (x, kernel_size, stride, padding, ceil_mode)
    ones = F.pad(torch.ones_like(x), (0, pw, 0, ph), value=1.0)
    kernel, stride, _, size = _geometry(*arguments)
    counted = F.pad(ones, (pw, stride[1], ph, stride[0]), value=0.0)
    n = _windows(counted, kernel, stride, size).sum(0)
    if count_include_pad:
        return _avg(*arguments, True)
    return _sum(*arguments) / n


def avg_pool_leaves_out_padding_in_height(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Does not count the padding above and below, but that on the left and right.

    Hint: On which sides is there padding? Try count_include_pad=False and padding (0, 1).
    """
    _check(kernel_size, padding)
    (_, pw), arguments = _pair(padding), (x, kernel_size, stride, padding, ceil_mode)
    if count_include_pad:
        return _avg(*arguments, True)
    kernel, steps, (ph, _), size = _geometry(*arguments)
    ones = F.pad(torch.ones_like(x), (pw, pw), value=1.0)
    counted = F.pad(ones, (0, steps[1], ph, ph + steps[0]))
    return _sum(*arguments) / _windows(counted, kernel, steps, size).sum(0)


def avg_pool_squeezes(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Squeezes the result, and drops every dimension of length 1.

    Hint: What shape should a batch of one image with one channel give?
    """
    _check(kernel_size, padding)
    return _avg(x, kernel_size, stride, padding, ceil_mode, count_include_pad).squeeze()


def avg_pool_rounds_down(
    x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True
):
    """avg_pool2d: Divides with //, which rounds down.

    Hint: What is the mean of 1.0 and 2.0, and what is 3.0 // 2?
    """
    _check(kernel_size, padding)
    total = _sum(x, kernel_size, stride, padding, ceil_mode)
    return total // _divisor(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
