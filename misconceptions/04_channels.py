"""Wrong programs for assignment 04, as students write them."""

import torch
import torch.nn.functional as F


def _same_channels(X, K):
    """The check of corr2d_multi_in (K of 3 dimensions) and of the others (K of 4)."""
    if X.shape[-3] != K.shape[-3]:
        raise ValueError("the channel counts differ")


def _fits(K, H, W):
    if K.shape[-2] > H or K.shape[-1] > W:
        raise ValueError("the kernel is larger than the input")


def _corr2d(X, K):
    """(H, W), (h, w) → (oh, ow), a window at a time."""
    h, w = K.shape
    rows = [
        torch.stack([(X[i : i + h, j : j + w] * K).sum() for j in range(X.shape[1] - w + 1)])
        for i in range(X.shape[0] - h + 1)
    ]
    return torch.stack(rows)


def _multi_in(X, K):
    return sum(_corr2d(x, k) for x, k in zip(X, K, strict=True))


def _multi_out(X, K):
    _same_channels(X, K)
    return torch.stack([_multi_in(X, kernel) for kernel in K])


# --- corr2d_multi_in -----------------------------------------------------------------------------


def multi_in_first_channel_only(X, K):
    """corr2d_multi_in: Uses the first channel of the input and leaves the others out.

    Hint: Set the first channel of X to zeros by hand: what should be left, and what do you get?
    """
    _same_channels(X, K)
    return _corr2d(X[0], K[0])


def multi_in_keeps_last_channel(X, K):
    """corr2d_multi_in: Assigns each channel's result to Y, so only the last channel's is left.

    Hint: Print Y after each turn of the loop over the channels. What becomes of the earlier ones?
    """
    _same_channels(X, K)
    for x, k in zip(X, K, strict=True):
        Y = _corr2d(x, k)
    return Y


def multi_in_keeps_channels(X, K):
    """corr2d_multi_in: Correlates channel by channel and stacks the results instead of adding.

    Hint: How many dimensions does the result have in the formula? Over what does the sum run?
    """
    _same_channels(X, K)
    return torch.stack([_corr2d(x, k) for x, k in zip(X, K, strict=True)])


def multi_in_averages_channels(X, K):
    """corr2d_multi_in: Takes the mean over the channels instead of the sum.

    Hint: Add a channel of zeros to X and to K. Should the result change?
    """
    _same_channels(X, K)
    return _multi_in(X, K) / X.shape[0]


def multi_in_same_slice_for_all(X, K):
    """corr2d_multi_in: Correlates every channel with the first slice of the kernel.

    Hint: Which numbers of K does your code never read?
    """
    _same_channels(X, K)
    return sum(_corr2d(x, K[0]) for x in X)


def multi_in_adds_channels_first(X, K):
    """corr2d_multi_in: Adds up the channels of X and those of K, and correlates the two sums.

    Hint: Is (a + b) · (c + d) the same as a · c + b · d?
    """
    _same_channels(X, K)
    return _corr2d(X.sum(0), K.sum(0))


def multi_in_flips_kernel(X, K):
    """corr2d_multi_in: Turns the kernel by 180° before sliding it, as true convolution does.

    Hint: Which corner of the kernel meets the upper left corner of the window?
    """
    _same_channels(X, K)
    return _multi_in(X, K.flip(1, 2))


def multi_in_swaps_output_size(X, K):
    """corr2d_multi_in: Gives the output H − h + 1 columns and W − w + 1 rows.

    Hint: Try an input that is much wider than high. Which of its sizes bounds the row index?
    """
    _same_channels(X, K)
    _, h, w = K.shape
    oh, ow = X.shape[2] - w + 1, X.shape[1] - h + 1
    Y = X.new_zeros(oh, ow)
    for i in range(oh):
        for j in range(ow):
            Y[i, j] = (X[:, i : i + h, j : j + w] * K).sum()
    return Y


def multi_in_misses_last_window(X, K):
    """corr2d_multi_in: Stops one window short of the lower and the right edge.

    Hint: A kernel as large as the input fits once. How often does your loop run then?
    """
    _same_channels(X, K)
    return _multi_in(X, K)[:-1, :-1]


def multi_in_default_dtype(X, K):
    """corr2d_multi_in: Collects the sums in torch.zeros(...), which is float32 by default.

    Hint: Print the dtype of the tensor that you write your results into.
    """
    _same_channels(X, K)
    _, h, w = K.shape
    Y = torch.zeros(X.shape[1] - h + 1, X.shape[2] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[:, i : i + h, j : j + w] * K).sum()
    return Y


def multi_in_detached(X, K):
    """corr2d_multi_in: Cuts the gradients off: by plain numbers, by numpy, or outside of autograd.

    Hint: Does the result have a grad_fn? At which step is it lost?
    """
    _same_channels(X, K)
    Y = _multi_in(X, K)
    return torch.tensor(Y.tolist(), dtype=Y.dtype)


def multi_in_multiplies_in_place(X, K):
    """corr2d_multi_in: Multiplies the window in place; a window is a view, so X changes.

    Hint: Print X after the first window. Is a slice of a tensor a copy?
    """
    _same_channels(X, K)
    _, h, w = K.shape
    rows = []
    for i in range(X.shape[1] - h + 1):
        row = []
        for j in range(X.shape[2] - w + 1):
            window = X[:, i : i + h, j : j + w]
            window *= K
            row.append(window.sum())
        rows.append(torch.stack(row))
    return torch.stack(rows)


def multi_in_no_channel_check(X, K):
    """corr2d_multi_in: Raises no ValueError for channel counts that differ.

    Hint: What does your code do with three channels and a kernel of two? What does zip do?
    """
    return sum(_corr2d(x, k) for x, k in zip(X, K, strict=False))


def multi_in_square_output(X, K):
    """corr2d_multi_in: Counts the output's rows and uses their number for the columns as well.

    Hint: Try an input that is much wider than high. Which of its sizes bounds the column index?
    """
    _same_channels(X, K)
    _, h, w = K.shape
    n = X.shape[1] - h + 1
    Y = X.new_zeros(n, n)
    for i in range(n):
        for j in range(n):
            Y[i, j] = (X[:, i : i + h, j : j + w] * K).sum()
    return Y


def multi_in_keeps_axis(X, K):
    """corr2d_multi_in: Keeps an axis of length 1 for the channels.

    Hint: How many dimensions does the result have in the formula, and how many has yours?
    """
    _same_channels(X, K)
    return _multi_in(X, K)[None]


def multi_in_multiplies_channels(X, K):
    """corr2d_multi_in: Multiplies the channels' results, where they should be added.

    Hint: Add a channel of zeros to X and to K. Should the result change?
    """
    _same_channels(X, K)
    return torch.stack([_corr2d(x, k) for x, k in zip(X, K, strict=True)]).prod(0)


def multi_in_first_two_channels(X, K):
    """corr2d_multi_in: Adds up two channels, as in the example, however many there are.

    Hint: Try three channels. Which numbers of X does your code never read?
    """
    _same_channels(X, K)
    return _corr2d(X[0], K[0]) + _corr2d(X[1], K[1])


def multi_in_reverses_channels(X, K):
    """corr2d_multi_in: Pairs the first channel of the input with the kernel's last slice.

    Hint: Which slice of the kernel belongs to channel 0?
    """
    _same_channels(X, K)
    return _multi_in(X, K.flip(0))


def multi_in_detaches_kernel(X, K):
    """corr2d_multi_in: Reads the kernel without its history, so that no gradient reaches it.

    Hint: The gradient of the input is right. What is different about how you read the kernel?
    """
    _same_channels(X, K)
    return _multi_in(X, K.detach())


def multi_in_largest_channel(X, K):
    """corr2d_multi_in: Takes the largest of the channels' results at each place, not their sum.

    Hint: Two channels give 1 and 2 at one place. What should come out there?
    """
    _same_channels(X, K)
    return torch.stack([_corr2d(x, k) for x, k in zip(X, K, strict=True)]).amax(0)


def multi_in_broadcasts_one_channel(X, K):
    """corr2d_multi_in: Lets a kernel of one channel be used for every channel of the input.

    Hint: What does broadcasting do with sizes 3 and 1? Is that what the task asks for?
    """
    if len(K) != 1:
        _same_channels(X, K)
    return sum(_corr2d(x, k) for x, k in zip(X, K.expand(len(X), -1, -1), strict=True))


def multi_in_detaches_input(X, K):
    """corr2d_multi_in: Cuts the input off from its gradients.

    Hint: After a backward pass, what is in X.grad and in K.grad?
    """
    _same_channels(X, K)
    return _multi_in(X.detach(), K)


def multi_in_leaves_out_first(X, K):
    """corr2d_multi_in: Starts counting at 1 and leaves the first channel out.

    Hint: What is the index of the first channel?
    """
    _same_channels(X, K)
    return _multi_in(X[1:], K[1:])


def multi_in_square_kernel(X, K):
    """corr2d_multi_in: Runs over as many columns of the kernel as it has rows.

    Hint: Try a kernel of one row and three columns. Which of its values are never used?
    """
    _same_channels(X, K)
    (H, W), (h, w) = X.shape[1:], K.shape[1:]
    oh, ow = H - h + 1, W - w + 1
    Y = 0
    for a in range(h):
        for b in range(h):
            Y = Y + (X[:, a : a + oh, b : b + ow] * K[:, a, b, None, None]).sum(0)
    return Y


def multi_in_checks_one_way(X, K):
    """corr2d_multi_in: Refuses a kernel with more channels than the input, but not one with fewer.

    Hint: Try three channels and a kernel of two. Which comparison do you make?
    """
    if len(X) < len(K):
        raise ValueError("the kernel has too many channels")
    return sum(_corr2d(x, k) for x, k in zip(X, K, strict=False))


def multi_in_flips_everything(X, K):
    """corr2d_multi_in: Turns the kernel around in all three directions, its channels too.

    Hint: Which slice of the kernel belongs to channel 0, and which of its corners comes first?
    """
    _same_channels(X, K)
    return _multi_in(X, K.flip(0, 1, 2))


def multi_in_pads_to_input_size(X, K):
    """corr2d_multi_in: Pads with zeros, so that the output is as large as the input.

    Hint: How many windows of width 2 lie inside a row of 3 numbers?
    """
    _same_channels(X, K)
    _, h, w = K.shape
    return _multi_in(F.pad(X, ((w - 1) // 2, w // 2, (h - 1) // 2, h // 2)), K)


def multi_in_transposes_kernel(X, K):
    """corr2d_multi_in: Exchanges the kernel's rows and columns.

    Hint: Which number of the window does K[0, 0, 1] meet: the one on the right or the one below?
    """
    _same_channels(X, K)
    return _multi_in(X, K.transpose(1, 2))


def multi_in_transposes_output(X, K):
    """corr2d_multi_in: Gives the result with rows and columns exchanged.

    Hint: When the window moves one place to the right, where does your next number go?
    """
    _same_channels(X, K)
    return _multi_in(X, K).T


def multi_in_confuses_kernel_sides(X, K):
    """corr2d_multi_in: Takes the kernel's height for its width, or its width for its height.

    Hint: Try a kernel of one row and three columns: in how many rows of the input does it fit?
    """
    _same_channels(X, K)
    if K.shape[1] != K.shape[2]:
        raise RuntimeError("the windows do not have the kernel's shape")
    return _multi_in(X, K)


def multi_in_broadcasts_either(X, K):
    """corr2d_multi_in: Lets a single channel, of the input or of the kernel, serve for all.

    Hint: What does broadcasting do with sizes 3 and 1? Is that what the task asks for?
    """
    if 1 not in (len(X), len(K)):
        _same_channels(X, K)
    X, K = X.expand(len(K) if len(X) == 1 else -1, -1, -1), K.expand(max(len(X), len(K)), -1, -1)
    return _multi_in(X, K)


def multi_in_adds_from_second(X, K):
    """corr2d_multi_in: Starts counting at 1 and leaves the first channel out.

    Hint: What is the index of the first channel?

    Same as: multi_in_leaves_out_first
    """
    _same_channels(X, K)
    return _multi_in(X, K) - _corr2d(X[0], K[0])


def multi_in_crosses_sizes(X, K):
    """corr2d_multi_in: Takes the kernel's height for its width, or its width for its height.

    Hint: Try a kernel of one row and three columns: in how many rows of the input does it fit?

    Same as: multi_in_confuses_kernel_sides
    """
    _same_channels(X, K)
    (H, W), (h, w) = X.shape[1:], K.shape[1:]
    Y = X.new_zeros(H - w + 1, W - h + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[:, i : i + h, j : j + w] * K).sum()
    return Y


def multi_in_crosses_sizes_of_parts(X, K):
    """corr2d_multi_in: Takes the kernel's height for its width, or its width for its height.

    Hint: Try a kernel of one row and three columns: in how many rows of the input does it fit?

    Same as: multi_in_confuses_kernel_sides
    """
    _same_channels(X, K)
    (H, W), (h, w) = X.shape[1:], K.shape[1:]
    oh, ow, Y = H - w + 1, W - h + 1, 0
    for a in range(h):
        for b in range(w):
            Y = Y + (X[:, a : a + oh, b : b + ow] * K[:, a, b, None, None]).sum(0)
    return Y


def multi_in_square_windows(X, K):
    """corr2d_multi_in: Takes the kernel's height for its width, or its width for its height.

    Hint: Try a kernel of one row and three columns: in how many rows of the input does it fit?

    Same as: multi_in_confuses_kernel_sides
    """
    _same_channels(X, K)
    h = K.shape[1]
    return (X.unfold(1, h, 1).unfold(2, h, 1) * K[:, None, None]).sum((0, 3, 4))


def multi_in_reads_kernel_by_column(X, K):
    """corr2d_multi_in: Exchanges the kernel's rows and columns.

    Hint: Which number of the window does K[0, 0, 1] meet: the one on the right or the one below?

    Same as: multi_in_transposes_kernel
    """
    _same_channels(X, K)
    if K.shape[1] != K.shape[2]:
        raise IndexError("no such row of the kernel")
    return _multi_in(X, K.transpose(1, 2))


def multi_in_writes_output_by_column(X, K):
    """corr2d_multi_in: Gives the result with rows and columns exchanged.

    Hint: When the window moves one place to the right, where does your next number go?

    Same as: multi_in_transposes_output
    """
    _same_channels(X, K)
    Y = _multi_in(X, K)
    if Y.shape[0] != Y.shape[1]:
        raise IndexError("no such row of the output")
    return Y.T


# --- corr2d_multi_in_out -------------------------------------------------------------------------


def multi_out_kernel_axes_swapped(X, K):
    """corr2d_multi_in_out: Reads the kernel as (ci, co, h, w), input channels first.

    Hint: Print K[0].shape: as a kernel for corr2d_multi_in, how many channels does it have?
    """
    return _multi_out(X, K.transpose(0, 1))


def multi_out_kernel_indices_swapped(X, K):
    """corr2d_multi_in_out: Reads K[c, o], input channel first, where K is made as K[o, c].

    Hint: Which of the four numbers in K.shape belongs to the first index?

    Same as: multi_out_kernel_axes_swapped
    """
    _same_channels(X, K)
    co, ci = K.shape[:2]
    outputs = [sum(_corr2d(X[c], K[c, o]) for c in range(ci)) for o in range(co)]
    return torch.stack(outputs)


def multi_out_sums_outputs(X, K):
    """corr2d_multi_in_out: Adds up the output channels as well as the input channels.

    Hint: Which of the two channel dimensions does the formula sum over?
    """
    return _multi_out(X, K).sum(0)


def multi_out_keeps_input_channels(X, K):
    """corr2d_multi_in_out: Does not sum over the input channels; they stay as a dimension.

    Hint: How many dimensions should the result have, and which of them do you see too many?
    """
    _same_channels(X, K)
    return torch.stack([torch.stack([_corr2d(X[c], k[c]) for c in range(len(X))]) for k in K])


def multi_out_drops_single_channel(X, K):
    """corr2d_multi_in_out: Squeezes the result, so a single output channel loses its dimension.

    Hint: What shape does the formula give for co = 1?
    """
    return _multi_out(X, K).squeeze(0)


def multi_out_channels_last(X, K):
    """corr2d_multi_in_out: Puts the output channels behind height and width.

    Hint: At which place does torch.stack insert the new dimension in your call?
    """
    return _multi_out(X, K).permute(1, 2, 0)


def multi_out_first_kernel_for_all(X, K):
    """corr2d_multi_in_out: Uses the first kernel for every output channel.

    Hint: Look at two of your output channels side by side. What tells them apart in the formula?
    """
    return _multi_out(X, K[:1]).repeat(K.shape[0], 1, 1)


def multi_out_concatenates(X, K):
    """corr2d_multi_in_out: Joins the output channels one below the other, without a new dimension.

    Hint: What is the difference of torch.cat and torch.stack?
    """
    return _multi_out(X, K).flatten(0, 1)


def multi_out_running_sum(X, K):
    """corr2d_multi_in_out: Keeps adding to the same sum from one output channel to the next.

    Hint: What does your accumulator hold when the second output channel begins?
    """
    return _multi_out(X, K).cumsum(0)


def multi_out_detached(X, K):
    """corr2d_multi_in_out: Cuts the gradients off: by plain numbers, numpy, or outside of autograd.

    Hint: Does the result have a grad_fn? At which step is it lost?
    """
    Y = _multi_out(X, K)
    return torch.tensor(Y.tolist(), dtype=Y.dtype)


def multi_out_checks_output_channels(X, K):
    """corr2d_multi_in_out: Compares the input's channels with the kernel's output channels.

    Hint: May a layer have three channels in and two out? What does your check say to it?
    """
    if X.shape[0] != K.shape[0]:
        raise ValueError("the channel counts differ")
    return _multi_out(X, K)


def multi_out_no_channel_check(X, K):
    """corr2d_multi_in_out: Raises no ValueError for channel counts that differ.

    Hint: What does torch do when you multiply shapes (1, h, w) and (3, h, w)? And zip?
    """
    h, w = K.shape[2:]
    windows = X.unfold(1, h, 1).unfold(2, w, 1)
    return torch.stack([(windows * k[:, None, None]).sum((0, 3, 4)) for k in K])


def multi_out_flips_kernel(X, K):
    """corr2d_multi_in_out: Turns the kernels by 180° before sliding, as true convolution does.

    Hint: Which corner of the kernel meets the upper left corner of the window?
    """
    return _multi_out(X, K.flip(2, 3))


def multi_out_default_dtype(X, K):
    """corr2d_multi_in_out: Collects the results in torch.zeros(...), which is float32 by default.

    Hint: Print the dtype of the tensor that you write your results into.
    """
    Y = _multi_out(X, K)
    result = torch.zeros(Y.shape)
    result[:] = Y
    return result


def multi_out_first_output_only(X, K):
    """corr2d_multi_in_out: Uses the first kernel and gives a single output channel.

    Hint: How many output channels should there be? Where does your code read their number?
    """
    return _multi_out(X, K[:1])


def multi_out_reverses_outputs(X, K):
    """corr2d_multi_in_out: Puts the last output channel first.

    Hint: Which kernel does your output channel 0 come from?
    """
    return _multi_out(X, K).flip(0)


def multi_out_gives_list(X, K):
    """corr2d_multi_in_out: Gives a list of images, one for each output channel, and no tensor.

    Hint: What makes one tensor of several tensors of the same shape?
    """
    return list(_multi_out(X, K))


def multi_out_columns_not_transposed(X, K):
    """corr2d_multi_in_out: Reshapes an (oh·ow, co) product to (co, oh, ow) without transposing it.

    Hint: Two numbers that lie side by side in your product: the same pixel or the same channel?
    """
    Y = _multi_out(X, K)
    return Y.flatten(1).T.reshape(Y.shape)


def multi_out_detaches_kernel(X, K):
    """corr2d_multi_in_out: Reads the kernel without its history, so that no gradient reaches it.

    Hint: The gradient of the input is right. What is different about how you read the kernel?
    """
    return _multi_out(X, K.detach())


def multi_out_first_map_only(X, K):
    """corr2d_multi_in_out: Uses the first kernel and gives a single output channel.

    Hint: How many output channels should there be? Where does your code read their number?

    Same as: multi_out_first_output_only
    """
    return _multi_out(X, K)[0]


def multi_out_counts_input_channels(X, K):
    """corr2d_multi_in_out: Makes as many output channels as the input has.

    Hint: Which of K's four sizes is the number of outputs? Where does your loop end?
    """
    _same_channels(X, K)
    return torch.stack([_multi_in(X, K[o]) for o in range(len(X))])


def multi_out_averages_inputs(X, K):
    """corr2d_multi_in_out: Takes the mean over the input channels, not the sum.

    Hint: Feed it ones, with a kernel of ones. Does the result grow with the number of channels?
    """
    return _multi_out(X, K) / len(X)


def multi_out_one_input_each(X, K):
    """corr2d_multi_in_out: Lets each output channel see one input channel only.

    Hint: How many kernels of two dimensions are there in K, and how many do you use?
    """
    _same_channels(X, K)
    return torch.stack([_corr2d(X[o % len(X)], k[o % len(X)]) for o, k in enumerate(K)])


def multi_out_swaps_output_size(X, K):
    """corr2d_multi_in_out: Shapes the result as (co, ow, oh).

    Hint: Try an input with more columns than rows. Which shape should come out?
    """
    Y = _multi_out(X, K)
    return Y.reshape(len(K), Y.shape[2], Y.shape[1])


def multi_out_detaches_input(X, K):
    """corr2d_multi_in_out: Cuts the input off from its gradients.

    Hint: After a backward pass, what is in X.grad and in K.grad?
    """
    return _multi_out(X.detach(), K)


def multi_out_first_input_only(X, K):
    """corr2d_multi_in_out: Uses the first input channel and leaves the others out.

    Hint: Set the first channel of X to zeros: what should be left, and what do you get?
    """
    _same_channels(X, K)
    return _multi_out(X[:1], K[:, :1])


def multi_out_windows_by_column(X, K):
    """corr2d_multi_in_out: Goes through the windows column by column and lays them out row by row.

    Hint: Which window comes second in your list, and where does it stand in the result?
    """
    Y = _multi_out(X, K)
    return Y.transpose(1, 2).reshape(Y.shape)


def multi_out_flattens_in_two_orders(X, K):
    """corr2d_multi_in_out: Flattens windows and kernels in different orders of their axes.

    Hint: Which weight stands second in a flat kernel, and which value in a flat window?
    """
    _same_channels(X, K)
    co, ci, h, w = K.shape
    return _multi_out(X, K.flatten(1).reshape(co, h, w, ci).permute(0, 3, 1, 2))


def multi_out_channels_in_middle(X, K):
    """corr2d_multi_in_out: Puts the output channels between height and width.

    Hint: At which place does torch.stack insert the new dimension in your call?
    """
    return _multi_out(X, K).transpose(0, 1)


def multi_out_last_kernel_for_all(X, K):
    """corr2d_multi_in_out: Gives the last kernel's result for every output channel.

    Hint: Where do you keep the first kernel's result while the second one is computed?
    """
    return _multi_out(X, K[-1:]).repeat(K.shape[0], 1, 1)


def multi_out_kernel_reshaped_wrongly(X, K):
    """corr2d_multi_in_out: Reshapes the kernels to (ci·h·w, co), where they should be transposed.

    Hint: Take kernels of ones, of twos, and of threes: what is in a column of your matrix?
    """
    return _multi_out(X, K.reshape(-1, len(K)).T.reshape(K.shape))


def multi_out_transposes_kernel(X, K):
    """corr2d_multi_in_out: Exchanges the kernels' rows and columns.

    Hint: Which number of the window does K[0, 0, 0, 1] meet: the one on the right or below?
    """
    return _multi_out(X, K.transpose(2, 3))


def multi_out_transposes_output(X, K):
    """corr2d_multi_in_out: Gives every output channel with rows and columns exchanged.

    Hint: When the window moves one place to the right, where does your next number go?
    """
    return _multi_out(X, K).transpose(1, 2)


def multi_out_adds_batch(X, K):
    """corr2d_multi_in_out: Puts a dimension of length 1 in front, as for a batch.

    Hint: How many dimensions does the input have, and how many should the result have?
    """
    return _multi_out(X, K)[None]


def multi_out_leaves_out_last(X, K):
    """corr2d_multi_in_out: Stops one kernel short of the last.

    Hint: How many numbers does range(co - 1) give?
    """
    return _multi_out(X, K[:-1])


def multi_out_transposes_fitting_kernel(X, K):
    """corr2d_multi_in_out: Exchanges the kernels' rows and columns.

    Hint: Which number of the window does K[0, 0, 0, 1] meet: the one on the right or below?

    Same as: multi_out_transposes_kernel
    """
    _fits(K.transpose(2, 3), *X.shape[1:])
    return _multi_out(X, K.transpose(2, 3))


def multi_out_same_slice_for_all(X, K):
    """corr2d_multi_in_out: Correlates every channel with the first slice of each kernel.

    Hint: Which numbers of K does your code never read?
    """
    _same_channels(X, K)
    return _multi_out(X, K[:, :1].expand(K.shape))


# --- conv1x1 -------------------------------------------------------------------------------------


def _check1x1(X, K):
    _same_channels(X, K)
    if tuple(K.shape[2:]) != (1, 1):
        raise ValueError("the kernel is not 1x1")


def conv1x1_reshapes_to_pixels(X, K):
    """conv1x1: Reshapes X to (H·W, ci) where it should be transposed; the channels get mixed up.

    Hint: Reshape a small X with channels of zeros and of ones. Is each column one channel?
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    pixels = X.reshape(H * W, ci) @ K.reshape(co, ci).T
    return pixels.T.reshape(co, H, W)


def conv1x1_result_not_transposed(X, K):
    """conv1x1: Reshapes the (H·W, co) product to (co, H, W) without transposing it.

    Hint: Two numbers that lie side by side in your product: the same pixel or the same channel?
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (X.reshape(ci, H * W).T @ K.reshape(co, ci).T).reshape(co, H, W)


def conv1x1_kernel_reshaped_wrongly(X, K):
    """conv1x1: Reshapes the kernel to (ci, co) and transposes that; the weights are mixed up.

    Hint: In which order do the numbers of K lie? Compare K.reshape(ci, co) with K[:, :, 0, 0].T.
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (K.reshape(ci, co).T @ X.reshape(ci, H * W)).reshape(co, H, W)


def conv1x1_kernel_transposed(X, K):
    """conv1x1: Takes the kernel's output channels for its input channels.

    Hint: What are the rows of the matrix that stands on the left of the product?
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (K[:, :, 0, 0].T @ X.reshape(ci, H * W)).reshape(co, H, W)


def conv1x1_stays_flat(X, K):
    """conv1x1: Gives back the (co, H·W) product and forgets to make an image of it.

    Hint: What shape does the result have, and what shape should it have?
    """
    _check1x1(X, K)
    return K[:, :, 0, 0] @ X.flatten(1)


def conv1x1_channels_last(X, K):
    """conv1x1: Moves the channels to the end for the product and leaves them there.

    Hint: Print the shape of the result. Where should the channels be?
    """
    _check1x1(X, K)
    return X.permute(1, 2, 0) @ K[:, :, 0, 0].T


def conv1x1_swaps_height_and_width(X, K):
    """conv1x1: Reshapes the product to (co, W, H).

    Hint: Try an image of two rows and five columns, and read the result's second row.
    """
    _check1x1(X, K)
    _, H, W = X.shape
    return (K[:, :, 0, 0] @ X.flatten(1)).reshape(-1, W, H)


def conv1x1_sums_before_mixing(X, K):
    """conv1x1: Adds up the input channels before it weighs them.

    Hint: May two input channels have different weights? Where do they, in your code?
    """
    _check1x1(X, K)
    return K.sum(1) * X.sum(0)


def conv1x1_averages_channels(X, K):
    """conv1x1: Takes the mean over the input channels instead of the sum.

    Hint: What do two channels of ones give with two weights of one?
    """
    _check1x1(X, K)
    return (K * X).mean(1)


def conv1x1_detaches_kernel(X, K):
    """conv1x1: Reads the kernel without its history, as .data does, so that no gradient reaches it.

    Hint: Which of the two tensors would learn something from your result, and which would not?
    """
    _check1x1(X, K)
    (_, H, W), co = X.shape, K.shape[0]
    return (K.data[:, :, 0, 0] @ X.flatten(1)).reshape(co, H, W)


def conv1x1_squeezes_kernel(X, K):
    """conv1x1: Squeezes all ones out of the kernel's shape, a channel count of one among them.

    Hint: What is left of the shape (3, 1, 1, 1) after squeeze()?
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (K.squeeze() @ X.reshape(ci, H * W)).reshape(co, H, W)


def conv1x1_needs_contiguous(X, K):
    """conv1x1: Flattens with view, which fails where the rows do not lie one after the other.

    Hint: What is the difference of view and reshape? Try it on a transposed tensor.
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (K[:, :, 0, 0] @ X.view(ci, H * W)).view(co, H, W)


def conv1x1_takes_any_kernel(X, K):
    """conv1x1: Raises no ValueError for a kernel that is not 1×1.

    Hint: What happens to the other weights if somebody hands in a larger kernel?
    """
    _same_channels(X, K)
    (_, H, W), co = X.shape, K.shape[0]
    return (K[:, :, 0, 0] @ X.flatten(1)).reshape(co, H, W)


def conv1x1_no_channel_check(X, K):
    """conv1x1: Raises no ValueError for channel counts that differ.

    Hint: Which shapes may be multiplied element by element, and which of them make sense here?
    """
    if tuple(K.shape[2:]) != (1, 1):
        raise ValueError("the kernel is not 1x1")
    return (K * X).sum(1)


def conv1x1_no_checks(X, K):
    """conv1x1: Checks neither the channel counts nor that the kernel is 1×1.

    Hint: The task names two mistakes that a caller may make. What does your code do about each?
    """
    if X.shape[0] != K.shape[1]:
        return X
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_default_dtype(X, K):
    """conv1x1: Turns the numbers to float32, whatever they were.

    Hint: Print the dtype of the result for a float64 input. Where does it change?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0].float(), X.float())


def conv1x1_detached(X, K):
    """conv1x1: Cuts the gradients off: by plain numbers, by numpy, or outside of autograd.

    Hint: Does the result have a grad_fn? At which step is it lost?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X).detach()


def conv1x1_first_output_only(X, K):
    """conv1x1: Mixes the channels with the first row of weights only.

    Hint: How many output channels should there be? Where does your code read their number?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K[:1, :, 0, 0], X)


def conv1x1_checks_width_only(X, K):
    """conv1x1: Looks at the kernel's width and not at its height.

    Hint: Try a kernel of two rows and one column.
    """
    _same_channels(X, K)
    if K.shape[3] != 1:
        raise ValueError("the kernel is not 1x1")
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_cuts_off_negatives(X, K):
    """conv1x1: Applies ReLU, which is a layer of its own.

    Hint: What should come out where the sum is negative?
    """
    _check1x1(X, K)
    return torch.relu(torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X))


def conv1x1_squeezed_kernel_in_einsum(X, K):
    """conv1x1: Hands the squeezed kernel to einsum, which misses a dimension where a count is 1.

    Hint: What is left of the shape (3, 1, 1, 1) after squeeze()?

    Same as: conv1x1_squeezes_kernel
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K.squeeze(), X)


def conv1x1_reshapes_everything(X, K):
    """conv1x1: Reshapes input, kernel and product where each should be transposed.

    Hint: Reshape a small X with channels of zeros and of ones. Is each column one channel?
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (X.reshape(H * W, ci) @ K.reshape(ci, co)).reshape(co, H, W)


def conv1x1_one_input_each(X, K):
    """conv1x1: Lets each output channel see one input channel only.

    Hint: How many weights are there in K, and how many of them do you use?
    """
    _check1x1(X, K)
    return torch.stack([k[o % len(X), 0, 0] * X[o % len(X)] for o, k in enumerate(K)])


def conv1x1_sums_outputs(X, K):
    """conv1x1: Adds the output channels up as well.

    Hint: How many output channels should there be? Which shape comes out?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->hw", K[:, :, 0, 0], X)


def conv1x1_detaches_input(X, K):
    """conv1x1: Cuts the input off from its gradients.

    Hint: After a backward pass, what is in X.grad and in K.grad?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X.detach())


def conv1x1_checks_height_only(X, K):
    """conv1x1: Looks at the kernel's height and not at its width.

    Hint: Try a kernel of one row and two columns.
    """
    _same_channels(X, K)
    if K.shape[2] != 1:
        raise ValueError("the kernel is not 1x1")
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_checks_both_sides_together(X, K):
    """conv1x1: Refuses a kernel only if neither of its sides is 1.

    Hint: Try a kernel of one row and two columns. Does your condition hold for it?
    """
    _same_channels(X, K)
    if K.shape[2] != 1 and K.shape[3] != 1:
        raise ValueError("the kernel is not 1x1")
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_checks_for_square(X, K):
    """conv1x1: Refuses kernels that are not square, and takes every square one.

    Hint: Try a kernel of two rows and two columns.
    """
    _same_channels(X, K)
    if K.shape[2] != K.shape[3]:
        raise ValueError("the kernel is not 1x1")
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_pixels_by_column(X, K):
    """conv1x1: Flattens the pixels column by column and lays them out row by row.

    Hint: Which pixel comes second in your flat input, and where does it stand in the result?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X.transpose(1, 2).reshape(X.shape))


def conv1x1_checks_output_channels(X, K):
    """conv1x1: Compares the input's channels with the number of output channels.

    Hint: Which of K's four sizes has to equal X.shape[0]?
    """
    if K.shape[0] != X.shape[0]:
        raise ValueError("the channel counts differ")
    _check1x1(X, K)
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_first_input_only(X, K):
    """conv1x1: Uses the first input channel and leaves the others out.

    Hint: Set the first channel of X to zeros: what should be left, and what do you get?
    """
    _check1x1(X, K)
    return K[:, :1, 0] * X[:1]


def conv1x1_drops_single_output(X, K):
    """conv1x1: Drops the axis of the output channels where there is one only.

    Hint: How many axes should the result have for co = 1?
    """
    _check1x1(X, K)
    Y = torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X)
    return Y[0] if len(Y) == 1 else Y


def conv1x1_reshapes_input_and_result(X, K):
    """conv1x1: Reshapes the input to (H·W, ci) and the product to (co, H, W), transposing neither.

    Hint: Reshape a small X with channels of zeros and of ones. Is each column one channel?
    """
    _check1x1(X, K)
    (ci, H, W), co = X.shape, K.shape[0]
    return (X.reshape(H * W, ci) @ K.reshape(co, ci).T).reshape(co, H, W)


def conv1x1_reads_input_channels_first(X, K):
    """conv1x1: Reads the kernel as (ci, co, 1, 1), input channels first.

    Hint: Which of the kernel's first two sizes has to be that of the input's channels?
    """
    _check1x1(X, K.transpose(0, 1))
    return torch.einsum("co,chw->ohw", K[:, :, 0, 0], X)


def conv1x1_keeps_products(X, K):
    """conv1x1: Multiplies, but does not add up the input channels; they stay as a dimension.

    Hint: How many dimensions should the result have? Over what does the sum run?
    """
    _check1x1(X, K)
    return K * X


def conv1x1_transposes_image(X, K):
    """conv1x1: Gives every output channel with rows and columns exchanged.

    Hint: The pixel in the upper right corner: where is it in your result?
    """
    _check1x1(X, K)
    return torch.einsum("oc,chw->owh", K[:, :, 0, 0], X)


def conv1x1_square_image(X, K):
    """conv1x1: Reshapes the product to an image as wide as it is high.

    Hint: Try an input that is wider than high. Which of its sizes do you read?
    """
    _check1x1(X, K)
    H = X.shape[1]
    return torch.einsum("oc,chw->ohw", K[:, :, 0, 0], X).reshape(len(K), H, H)


def conv1x1_first_weights_for_all(X, K):
    """conv1x1: Uses the first row of weights for every output channel.

    Hint: Look at two of your output channels side by side. What tells them apart in the formula?
    """
    _check1x1(X, K)
    return torch.einsum("c,chw->hw", K[0, :, 0, 0], X).repeat(len(K), 1, 1)


# --- conv_as_linear ------------------------------------------------------------------------------


def _matrix(K, input_size, column, row=None):
    """M with K[a, b] in row ``row(i, j)`` and column ``column(i, j, a, b)`` if there is one."""
    (h, w), (H, W) = K.shape, input_size
    _fits(K, H, W)
    oh, ow = H - h + 1, W - w + 1
    M = K.new_zeros(oh * ow, H * W)
    for i in range(oh):
        for j in range(ow):
            for a in range(h):
                for b in range(w):
                    place = column(i, j, a, b)
                    if place < H * W:
                        M[i * ow + j if row is None else row(i, j), place] = K[a, b]
    return M


def _linear(K, input_size):
    W = input_size[1]
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_transposed(K, input_size):
    """conv_as_linear: Gives the transpose, a row for each input and a column for each output.

    Hint: In M @ x, what does a row of M produce?
    """
    W = input_size[1]
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b).T


def linear_shifts_by_one(K, input_size):
    """conv_as_linear: Moves the pattern on by one column from each row of M to the next.

    Hint: Which inputs does the last window of a line hold, and which the first of the next line?
    """
    W = input_size[1]
    ow = W - K.shape[1] + 1
    return _matrix(K, input_size, lambda i, j, a, b: i * ow + j + a * W + b)


def linear_counts_output_width(K, input_size):
    """conv_as_linear: Numbers the input's places with the output's width.

    Hint: How many numbers of the flattened input lie between a pixel and the one below it?
    """
    ow = input_size[1] - K.shape[1] + 1
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * ow + j + b)


def linear_packs_kernel(K, input_size):
    """conv_as_linear: Writes the flattened kernel as one block, without the gap between its rows.

    Hint: How far apart in the flattened input are the first pixels of a window's two rows?
    """
    W, w = input_size[1], K.shape[1]
    return _matrix(K, input_size, lambda i, j, a, b: i * W + j + a * w + b)


def linear_flips_kernel(K, input_size):
    """conv_as_linear: Writes the kernel backwards, as for true convolution.

    Hint: With which weight does the first pixel of a window count?
    """
    W = input_size[1]
    return _matrix(K.flip(0, 1), input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_column_by_column(K, input_size):
    """conv_as_linear: Flattens the input and the output column by column.

    Hint: In which order does X.flatten() read a matrix?
    """
    H = input_size[0]
    oh = H - K.shape[0] + 1
    return _matrix(K, input_size, lambda i, j, a, b: (j + b) * H + i + a, lambda i, j: j * oh + i)


def linear_swaps_height_and_width(K, input_size):
    """conv_as_linear: Takes input_size for (width, height).

    Hint: Try a kernel that fits into the image in one direction only.
    """
    W, H = input_size
    return _matrix(K, (H, W), lambda i, j, a, b: (i + a) * W + j + b)


def linear_keeps_input_size(K, input_size):
    """conv_as_linear: Makes a row for every input place, also where the window does not fit.

    Hint: How many windows fit into the image? That is the number of rows.
    """
    (h, w), (H, W) = K.shape, input_size
    _fits(K, H, W)
    M = K.new_zeros(H, W, H, W)
    for i in range(H):
        for j in range(W):
            for a in range(min(h, H - i)):
                for b in range(min(w, W - j)):
                    M[i, j, i + a, j + b] = K[a, b]
    return M.reshape(H * W, H * W)


def linear_detached(K, input_size):
    """conv_as_linear: Copies the kernel's entries without their history; the gradient is cut off.

    Hint: Does the matrix have a grad_fn? Which of your steps loses it?
    """
    W = input_size[1]
    return _matrix(K.detach(), input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_default_dtype(K, input_size):
    """conv_as_linear: Makes the matrix with torch.zeros(...), which is float32 by default.

    Hint: Print the dtype of K and that of the matrix.
    """
    W = input_size[1]
    return _matrix(K.float(), input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_no_size_check(K, input_size):
    """conv_as_linear: Raises no ValueError for a kernel that does not fit into the input.

    Hint: What are oh and ow for a kernel with more rows than the image?
    """
    (h, w), (H, W) = K.shape, input_size
    oh, ow = max(H - h + 1, 0), max(W - w + 1, 0)
    M = K.new_zeros(oh, ow, H, W)
    for i in range(oh):
        for j in range(ow):
            M[i, j, i : i + h, j : j + w] = K
    return M.reshape(oh * ow, H * W)


def linear_keeps_four_axes(K, input_size):
    """conv_as_linear: Gives the array (oh, ow, H, W) and forgets to make a matrix of it.

    Hint: How many dimensions has a matrix, and how many has your result?
    """
    (h, w), (H, W) = K.shape, input_size
    M = _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)
    return M.reshape(H - h + 1, W - w + 1, H, W)


def linear_same_row_for_all(K, input_size):
    """conv_as_linear: Writes the first window's weights into every row.

    Hint: Which inputs does the second window hold? Which columns of row 1 do they belong to?
    """
    W = input_size[1]
    return _matrix(K, input_size, lambda i, j, a, b: a * W + b)


def linear_misses_last_windows(K, input_size):
    """conv_as_linear: Ends its loops one early; the rows of the last windows stay empty.

    Hint: What does range(H - h) count up to? Look at the last row of your matrix.
    """
    (h, w), (H, W) = K.shape, input_size
    M = _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)
    M = M.reshape(H - h + 1, W - w + 1, H * W)
    M[-1], M[:, -1] = 0, 0
    return M.reshape(-1, H * W)


def linear_numbers_outputs_by_column(K, input_size):
    """conv_as_linear: Numbers the outputs column by column, with j · oh + i.

    Hint: In which order does flatten() read the output?
    """
    (oh, W) = (input_size[0] - K.shape[0] + 1, input_size[1])
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b, lambda i, j: j * oh + i)


def linear_numbers_inputs_by_column(K, input_size):
    """conv_as_linear: Numbers the inputs column by column, with (j + b) · H + i + a.

    Hint: In which order does X.flatten() read the input?
    """
    H = input_size[0]
    return _matrix(K, input_size, lambda i, j, a, b: (j + b) * H + i + a)


def linear_needs_contiguous(K, input_size):
    """conv_as_linear: Flattens the kernel with view, which fails for a transposed kernel.

    Hint: What is the difference of view and reshape?
    """
    W = input_size[1]
    _fits(K, *input_size)
    K = K.view(-1).view(K.shape)
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_refuses_equal_size(K, input_size):
    """conv_as_linear: Refuses a kernel as tall or as wide as the input, which fits exactly once.

    Hint: What does H − h + 1 come to when h equals H?
    """
    (h, w), (H, W) = K.shape, input_size
    if h >= H or w >= W:
        raise ValueError("the kernel is larger than the input")
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_compares_areas(K, input_size):
    """conv_as_linear: Compares the number of the kernel's values with the input's.

    Hint: Does a kernel of one row and five columns fit into an input of three rows and columns?
    """
    (h, w), (H, W) = K.shape, input_size
    if h * w <= H * W and (h > H or w > W):
        return K.new_zeros(0, H * W)
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_rows_for_every_input(K, input_size):
    """conv_as_linear: Makes a row for every input and leaves the last ones at zero.

    Hint: How many outputs are there, and how many rows does M have?
    """
    H, W = input_size
    M = _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)
    return torch.cat([M, M.new_zeros(H * W - len(M), H * W)])


def linear_counts_input_height(K, input_size):
    """conv_as_linear: Takes the input's height for the length of its rows.

    Hint: How many numbers of a flat input lie between a pixel and the one below it?
    """
    H, _ = input_size
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * H + j + b)


def linear_transposed_kernel(K, input_size):
    """conv_as_linear: Lays the kernel on the input with its rows and columns exchanged.

    Hint: Which entry of the kernel belongs to the upper right corner of the window?
    """
    _, W = input_size
    return _matrix(K.t(), input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_mean(K, input_size):
    """conv_as_linear: Divides the weights by their number, as for a mean.

    Hint: Work out the first row of M by hand for the example. What are your weights divided by?
    """
    _, W = input_size
    return _matrix(K / K.numel(), input_size, lambda i, j, a, b: (i + a) * W + j + b)


def linear_keeps_output_axes(K, input_size):
    """conv_as_linear: Gives (oh, ow, H·W), with the outputs in two axes and not in one.

    Hint: How many axes does a matrix have? Which shape comes out?
    """
    (h, w), (H, W) = K.shape, input_size
    M = _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b)
    return M.reshape(H - h + 1, W - w + 1, H * W)


def linear_numbers_outputs_by_input_width(K, input_size):
    """conv_as_linear: Numbers the outputs with the input's width.

    Hint: How many outputs are there in a row of outputs? Which row of M does the next one begin?
    """
    W = input_size[1]
    return _matrix(K, input_size, lambda i, j, a, b: (i + a) * W + j + b, lambda i, j: i * W + j)


def linear_wraps_around(K, input_size):
    """conv_as_linear: Makes a row for every input place; what hangs over comes in on the other side.

    Hint: At which places does the window fit into the input? How many are there?
    """
    (h, w), (H, W) = K.shape, input_size
    _fits(K, H, W)
    first = F.pad(K, (0, W - w, 0, H - h))
    return torch.stack([first.roll((i, j), (0, 1)).flatten() for i in range(H) for j in range(W)])


def linear_sparse(K, input_size):
    """conv_as_linear: Gives a sparse tensor, where an ordinary one is asked for.

    Hint: What does the task say about the tensor that it wants back?
    """
    return _linear(K, input_size).to_sparse()


def linear_rows_too_few(K, input_size):
    """conv_as_linear: Has rows for H − h times W − w windows, one too few in each direction.

    Hint: In how many places does a window of width 2 fit into a row of width 3?
    """
    (h, w), (H, W) = K.shape, input_size
    M = _linear(K, input_size)
    return M.reshape(H - h + 1, W - w + 1, H * W)[:-1, :-1].reshape(-1, H * W)


def linear_pads_height_first(K, input_size):
    """conv_as_linear: Hands F.pad the amounts for the height first.

    Hint: Which dimension do the first two numbers for F.pad belong to?
    """
    (h, w), (H, W) = K.shape, input_size
    _fits(K, H, W)
    places = [(i, j) for i in range(H - h + 1) for j in range(W - w + 1)]
    return torch.stack([F.pad(K, (i, H - h - i, j, W - w - j)).flatten() for i, j in places])


def linear_checks_directions_together(K, input_size):
    """conv_as_linear: Refuses a kernel only if it is larger than the input in both directions.

    Hint: Does a kernel fit that is higher than the input, but not wider?
    """
    (h, w), (H, W) = K.shape, input_size
    if h > H and w > W:
        raise ValueError("the kernel is larger than the input")
    return K.new_zeros(0) if h > H or w > W else _linear(K, input_size)


def linear_checks_height_only(K, input_size):
    """conv_as_linear: Looks at the kernel's height and not at its width.

    Hint: What does your check say to a kernel that is wider than the input?
    """
    _fits(K[:, :1], *input_size)
    return K.new_zeros(0) if K.shape[1] > input_size[1] else _linear(K, input_size)


def linear_checks_width_only(K, input_size):
    """conv_as_linear: Looks at the kernel's width and not at its height.

    Hint: What does your check say to a kernel that is higher than the input?
    """
    _fits(K[:1], *input_size)
    return K.new_zeros(0) if K.shape[0] > input_size[0] else _linear(K, input_size)


# --- parameter_counts ----------------------------------------------------------------------------


def _fully_connected(in_shape, out_shape):
    (ci, H, W), (co, oh, ow) = in_shape, out_shape
    return ci * H * W * co * oh * ow


def counts_include_biases(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts the biases too.

    Hint: How many of your numbers are multiplied by an input, and how many are only added?
    """
    (ci, *_), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape) + co * oh * ow, co * ci * h * w + co


def counts_in_other_order(in_shape, out_shape, kernel_size):
    """parameter_counts: Gives the convolution's count first.

    Hint: Which of the two numbers should be the larger one?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return co * ci * h * w, _fully_connected(in_shape, out_shape)


def counts_pixels_without_channels(in_shape, out_shape, kernel_size):
    """parameter_counts: Leaves the channels out of the fully connected layer.

    Hint: How many numbers does a colour image of two pixels hold?
    """
    (ci, H, W), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return H * W * oh * ow, co * ci * h * w


def counts_adds_the_ends(in_shape, out_shape, kernel_size):
    """parameter_counts: Adds the numbers of inputs and outputs where every pair has a weight.

    Hint: Draw three inputs and two outputs of a fully connected layer, and count the lines.
    """
    (ci, H, W), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W + co * oh * ow, co * ci * h * w


def counts_output_from_kernel(in_shape, out_shape, kernel_size):
    """parameter_counts: Computes the output's size from the kernel instead of taking it as given.

    Hint: Which size has the output of a layer with padding? Where does your code learn of it?
    """
    (ci, H, W), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W * co * (H - h + 1) * (W - w + 1), co * ci * h * w


def counts_one_kernel_an_output_channel(in_shape, out_shape, kernel_size):
    """parameter_counts: Takes the kernel of an output channel to have a single channel.

    Hint: How many slices does a kernel have that works on a colour image?
    """
    (co, *_), (h, w) = out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), co * h * w


def counts_one_output_channel(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts the weights of a single output channel.

    Hint: Which layer has more weights, one with two or one with twenty output channels?
    """
    (ci, *_), (h, w) = in_shape, kernel_size
    return _fully_connected(in_shape, out_shape), ci * h * w


def counts_weights_unshared(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts the convolution's kernel once more for every place of the output.

    Hint: When the window moves on by a pixel, does it take new weights?
    """
    (ci, *_), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), co * oh * ow * ci * h * w


def counts_square_kernel(in_shape, out_shape, kernel_size):
    """parameter_counts: Takes every kernel to be square.

    Hint: kernel_size is a pair. Which of its two numbers does your code use?
    """
    (ci, *_), (co, *_) = in_shape, out_shape
    return _fully_connected(in_shape, out_shape), co * ci * kernel_size[0] ** 2


def counts_adds_the_channels(in_shape, out_shape, kernel_size):
    """parameter_counts: Adds the channels in and out where every pair of them has a kernel.

    Hint: For three channels in and two out, which slices does the kernel consist of? List them.
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), (ci + co) * h * w


def counts_in_floating_point(in_shape, out_shape, kernel_size):
    """parameter_counts: Multiplies floating-point numbers, which round where counts get large.

    Hint: Is int(float(n)) always n? Try it with 2**60 + 1.
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    inputs = torch.tensor(in_shape, dtype=torch.float64).prod()
    outputs = torch.tensor(out_shape, dtype=torch.float64).prod()
    return int((inputs * outputs).item()), co * ci * h * w


def counts_channels_last(in_shape, out_shape, kernel_size):
    """parameter_counts: Reads the shapes as (height, width, channels).

    Hint: In which order does the task give the three numbers of a shape?
    """
    h, w = kernel_size
    return _fully_connected(in_shape, out_shape), in_shape[2] * out_shape[2] * h * w


def counts_one_output_place(in_shape, out_shape, kernel_size):
    """parameter_counts: Ties every input to every output channel, but not to each of its places.

    Hint: How many numbers does the fully connected layer put out?
    """
    (ci, H, W), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W * co, co * ci * h * w


def counts_biases_of_convolution(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts the biases of the convolution too.

    Hint: How many of your numbers are multiplied by an input, and how many are only added?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), co * ci * h * w + co


def counts_gives_tensors(in_shape, out_shape, kernel_size):
    """parameter_counts: Gives tensors, where Python ints are asked for.

    Hint: Print type(...) of your results. What makes a number of a tensor with one entry?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    counts = _fully_connected(in_shape, out_shape), co * ci * h * w
    return torch.tensor(counts[0]), torch.tensor(counts[1])


def counts_biases_of_fully_connected(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts a bias for every output of the fully connected layer.

    Hint: The counts are of weights. What else is in your first number?
    """
    (ci, *_), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape) + co * oh * ow, co * ci * h * w


def counts_one_kernel_in_all(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts one kernel in all, whatever the channels.

    Hint: How many kernels of two dimensions are there with 3 channels in and 2 out?
    """
    h, w = kernel_size
    return _fully_connected(in_shape, out_shape), h * w


def counts_inputs_only(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts the inputs of the fully connected layer, as if it had one output.

    Hint: How many weights does one output need, and how many outputs are there?
    """
    (ci, H, W), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W, co * ci * h * w


def counts_output_like_input(in_shape, out_shape, kernel_size):
    """parameter_counts: Takes the output to be as high and as wide as the input.

    Hint: Which of out_shape's numbers do you use?
    """
    (ci, H, W), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W * co * H * W, co * ci * h * w


def counts_output_places_only(in_shape, out_shape, kernel_size):
    """parameter_counts: Leaves the output channels out of the fully connected layer's outputs.

    Hint: How many numbers are there in an output of shape (2, 3, 3)?
    """
    (ci, H, W), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * W * oh * ow, co * ci * h * w


def counts_input_places_only(in_shape, out_shape, kernel_size):
    """parameter_counts: Leaves the input channels out of the fully connected layer's inputs.

    Hint: How many numbers are there in an input of shape (2, 3, 3)?
    """
    (ci, H, W), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return H * W * co * oh * ow, co * ci * h * w


def counts_for_every_input_place(in_shape, out_shape, kernel_size):
    """parameter_counts: Counts the convolution's weights anew for every place of the input.

    Hint: Does the kernel change while it slides?
    """
    (ci, H, W), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), co * ci * h * w * H * W


def counts_square_input(in_shape, out_shape, kernel_size):
    """parameter_counts: Squares the input's height, as if the input were square.

    Hint: Which of in_shape's three numbers do you never read?
    """
    (ci, H, _), (co, oh, ow), (h, w) = in_shape, out_shape, kernel_size
    return ci * H * H * co * oh * ow, co * ci * h * w


def counts_adds_kernel_sides(in_shape, out_shape, kernel_size):
    """parameter_counts: Adds the kernel's sides, where a kernel has h times w weights.

    Hint: How many weights does a kernel of three rows and three columns have?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), co * ci * (h + w)


def counts_square_kernel_by_width(in_shape, out_shape, kernel_size):
    """parameter_counts: Takes every kernel to be square.

    Hint: How many weights has a kernel of one row and two columns?

    Same as: counts_square_kernel
    """
    (ci, *_), (co, *_), (_, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, out_shape), co * ci * w * w


def counts_in_32_bits(in_shape, out_shape, kernel_size):
    """parameter_counts: Multiplies 32-bit integers, and the counts of large layers overflow.

    Hint: What is the largest number that 32 bits can hold? How large is your largest count?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    count = (_fully_connected(in_shape, out_shape) + 2**31) % 2**32 - 2**31
    return count, co * ci * h * w


def counts_gives_floats(in_shape, out_shape, kernel_size):
    """parameter_counts: Gives floating-point numbers, where Python ints are asked for.

    Hint: What does type(...) say to your counts?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return float(_fully_connected(in_shape, out_shape)), float(co * ci * h * w)


def counts_squares_inputs(in_shape, out_shape, kernel_size):
    """parameter_counts: Squares the number of inputs, as if there were as many outputs.

    Hint: How many numbers does the layer give? Where does your code read out_shape?
    """
    (ci, *_), (co, *_), (h, w) = in_shape, out_shape, kernel_size
    return _fully_connected(in_shape, in_shape), co * ci * h * w


# --- conv2d --------------------------------------------------------------------------------------


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _checked_pad(x, weight, padding):
    """The padded input, after the checks."""
    ph, pw = _pair(padding)
    _same_channels(x, weight)
    _fits(weight, x.shape[2] + 2 * ph, x.shape[3] + 2 * pw)
    return F.pad(x, (pw, pw, ph, ph))


def _slide(P, weight, bias, stride, size=None):
    """All windows of P with the kernel, ``size`` of them; the output's own size if None."""
    (sh, sw), (h, w) = _pair(stride), weight.shape[2:]
    oh, ow = size or ((P.shape[2] - h) // sh + 1, (P.shape[3] - w) // sw + 1)
    rows = []
    for i in range(oh):
        windows = [P[:, :, i * sh : i * sh + h, j * sw : j * sw + w] for j in range(ow)]
        rows.append(torch.stack([torch.einsum("ncab,ocab->no", v, weight) for v in windows], -1))
    return _add_bias(torch.stack(rows, 2), bias)


def _add_bias(Y, bias):
    return Y if bias is None else Y + bias.reshape(1, -1, 1, 1)


def conv2d_ignores_stride(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Never uses the stride.

    Hint: Search your code for every place where stride is read.
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, 1)


def conv2d_stride_only_in_size(x, weight, bias=None, stride=1, padding=0):
    """conv2d: The stride makes the output smaller, but the windows still move by one.

    Hint: Where in the padded input does the window of output (1, 1) begin?
    """
    P = _checked_pad(x, weight, padding)
    (sh, sw), (h, w) = _pair(stride), weight.shape[2:]
    size = ((P.shape[2] - h) // sh + 1, (P.shape[3] - w) // sw + 1)
    return _slide(P, weight, bias, 1, size)


def conv2d_swaps_stride(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes a stride pair for (width, height).

    Hint: With the stride (2, 1), which direction should shrink?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, _pair(stride)[::-1])


def conv2d_size_one_short(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Forgets the + 1 in the output's size.

    Hint: A kernel as large as the input fits once. What does your formula say?
    """
    P = _checked_pad(x, weight, padding)
    (sh, sw), (h, w) = _pair(stride), weight.shape[2:]
    size = ((P.shape[2] - h) // sh, (P.shape[3] - w) // sw)
    if 0 in size:
        return P.new_zeros(x.shape[0], weight.shape[0], *size)
    return _slide(P, weight, bias, stride, size)


def conv2d_rounds_size_up(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Rounds the output's size up where the stride leaves a remainder.

    Hint: Does the last window still lie inside the padded input?
    """
    P = _checked_pad(x, weight, padding)
    (sh, sw), (h, w) = _pair(stride), weight.shape[2:]
    P = F.pad(P, (0, -(P.shape[3] - w) % sw, 0, -(P.shape[2] - h) % sh))
    return _slide(P, weight, bias, stride)


def conv2d_last_window_sticks_out(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Rounds the output's size up, so that a last window does not fit into the input.

    Hint: Print the shape of every window that you cut out.

    Same as: conv2d_rounds_size_up
    """
    P = _checked_pad(x, weight, padding)
    (sh, sw), (h, w) = _pair(stride), weight.shape[2:]
    size = (-((P.shape[2] - h) // -sh) + 1, -((P.shape[3] - w) // -sw) + 1)
    return _slide(P, weight, bias, stride, size)


def conv2d_ignores_padding(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Never pads.

    Hint: Search your code for every place where padding is read.
    """
    _checked_pad(x, weight, 0)
    return _slide(x, weight, bias, stride)


def conv2d_padding_in_total(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes the padding for the total of both sides.

    Hint: By how much does an input grow whose padding is 1 in both directions?
    """
    _checked_pad(x, weight, padding)
    ph, pw = _pair(padding)
    P = F.pad(x, (pw // 2, pw - pw // 2, ph // 2, ph - ph // 2))
    _fits(weight, *P.shape[2:])
    return _slide(P, weight, bias, stride)


def conv2d_swaps_padding(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Hands the padding to F.pad with the height first.

    Hint: Which dimension do the first two numbers of F.pad's list belong to?
    """
    return _slide(_checked_pad(x, weight, _pair(padding)[::-1]), weight, bias, stride)


def conv2d_input_in_corner(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Copies the input into the upper left corner of the padded array.

    Hint: How many rows of zeros are there above the image, and how many below it?
    """
    ph, pw = _pair(padding)
    _checked_pad(x, weight, padding)
    return _slide(F.pad(x, (0, 2 * pw, 0, 2 * ph)), weight, bias, stride)


def conv2d_pads_two_sides(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Pads above and on the left, and not below and on the right.

    Hint: By how much does an input grow whose padding is 1 in both directions?
    """
    ph, pw = _pair(padding)
    _checked_pad(x, weight, padding)
    P = F.pad(x, (pw, 0, ph, 0))
    _fits(weight, *P.shape[2:])
    return _slide(P, weight, bias, stride)


def conv2d_repeats_edge(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Pads with copies of the edge pixels.

    Hint: What does an image of ones look like after the padding?
    """
    ph, pw = _pair(padding)
    _checked_pad(x, weight, padding)
    return _slide(F.pad(x, (pw, pw, ph, ph), mode="replicate"), weight, bias, stride)


def conv2d_size_without_padding(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Pads the input, but computes the output's size from the size before.

    Hint: Which height belongs into your formula for the output's: of x or of the padded x?
    """
    P = _checked_pad(x, weight, padding)
    (sh, sw), (h, w) = _pair(stride), weight.shape[2:]
    size = ((x.shape[2] - h) // sh + 1, (x.shape[3] - w) // sw + 1)
    return _slide(P, weight, bias, stride, size)


def conv2d_ignores_bias(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Never adds the bias.

    Hint: What should come out for an image of zeros?
    """
    return _slide(_checked_pad(x, weight, padding), weight, None, stride)


def conv2d_bias_for_each_input_channel(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds the bias inside the sum over the input channels, once for each.

    Hint: What comes out for an image of zeros with three channels, and what should?
    """
    P = _checked_pad(x, weight, padding)
    return _slide(P, weight, None if bias is None else bias * x.shape[1], stride)


def conv2d_bias_along_width(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds the bias to the last dimension, the columns, not to the channels.

    Hint: With which dimension does torch line up a vector when it broadcasts?
    """
    Y = _slide(_checked_pad(x, weight, padding), weight, None, stride)
    return Y if bias is None else Y + bias


def conv2d_flips_kernel(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Turns the kernel by 180° before sliding it, as true convolution does.

    Hint: Which corner of the kernel meets the upper left corner of the window?
    """
    return _slide(_checked_pad(x, weight, padding), weight.flip(2, 3), bias, stride)


def conv2d_weight_axes_swapped(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Reads the weight as (ci, co, h, w), input channels first.

    Hint: Print weight[0].shape. How many channels must a kernel for this input have?
    """
    weight = weight.transpose(0, 1)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_weight_indices_swapped(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Reads weight[c, o], input channel first, where the weight is made as weight[o, c].

    Hint: Which of the four numbers in weight.shape belongs to the first index?

    Same as: conv2d_weight_axes_swapped
    """
    P = _checked_pad(x, weight, padding)
    co, ci = weight.shape[:2]
    kernels = [[weight[c, o] for c in range(ci)] for o in range(co)]
    return _slide(P, torch.stack([torch.stack(kernel) for kernel in kernels]), bias, stride)


def conv2d_first_image_for_all(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Computes the first image's result and gives it to the whole batch.

    Hint: Make a batch of two very different images and compare the two results.
    """
    Y = _slide(_checked_pad(x[:1], weight, padding), weight, bias, stride)
    return Y.repeat(x.shape[0], 1, 1, 1)


def conv2d_columns_not_transposed(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Reshapes a (N, oh·ow, co) product to (N, co, oh, ow) without transposing it.

    Hint: Two neighbours in your product's last dimension: neighbouring pixels or channels?
    """
    Y = _slide(_checked_pad(x, weight, padding), weight, bias, stride)
    return Y.flatten(2).transpose(1, 2).reshape(Y.shape)


def conv2d_no_channel_sum(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Uses the first input channel and the kernels' first slices only.

    Hint: Set the first channel of x to zeros. What should be left, and what do you get?
    """
    P = _checked_pad(x, weight, padding)
    return _slide(P[:, :1], weight[:, :1], bias, stride)


def conv2d_default_dtype(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Collects the result in torch.zeros(...), which is float32 by default.

    Hint: Print the dtype of the tensor that you write your results into.
    """
    Y = _slide(_checked_pad(x, weight, padding), weight, bias, stride)
    result = torch.zeros(Y.shape)
    result[:] = Y
    return result


def conv2d_detaches_weight(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Reads the weight without its history, as .data does, so that no gradient reaches it.

    Hint: After a backward pass, look at the .grad of x, of the weight and of the bias.
    """
    return _slide(_checked_pad(x, weight, padding), weight.data, bias, stride)


def conv2d_detached(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Cuts all gradients off: by plain numbers, by numpy, or outside of autograd.

    Hint: Does the result have a grad_fn? At which step is it lost?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride).data


def conv2d_padding_cuts_gradient(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Copies x.data into the padded array, which cuts the input off from its gradient.

    Hint: Does the padded tensor have a grad_fn?
    """
    P = _checked_pad(x, weight, padding)
    return _slide(P if padding in (0, (0, 0)) else P.data, weight, bias, stride)


def conv2d_first_of_pair(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Uses a pair's first number for both directions.

    Hint: What does your code do with the second number of (2, 1)?
    """
    stride, padding = _pair(stride)[0], _pair(padding)[0]
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_ints_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Expects numbers for stride and padding and fails with a pair.

    Hint: Call your function with stride=(2, 1). Which line raises?
    """
    stride, padding = int(stride), int(padding)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_size_check_before_padding(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Refuses a kernel that is larger than the input, though it fits after the padding.

    Hint: A kernel of three rows, an image of two, padding 1: is there a place for the window?
    """
    _fits(weight, *x.shape[2:])
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_no_channel_check(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Raises no ValueError for channel counts that differ.

    Hint: What does torch do when you multiply shapes (1, h, w) and (3, h, w)?
    """
    channels = max(x.shape[1], weight.shape[1])
    x = x.expand(-1, channels, -1, -1) if x.shape[1] == 1 else x
    weight = weight.expand(-1, channels, -1, -1) if weight.shape[1] == 1 else weight
    channels = min(x.shape[1], weight.shape[1])
    P = _checked_pad(x[:, :channels], weight[:, :channels], padding)
    return _slide(P, weight[:, :channels], bias, stride)


def conv2d_no_size_check(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Raises no ValueError for a kernel that does not fit into the padded input.

    Hint: What is the output's size for a kernel with more rows than the padded input?
    """
    _same_channels(x, weight)
    (sh, sw), (h, w), (ph, pw) = _pair(stride), weight.shape[2:], _pair(padding)
    H, W = x.shape[2] + 2 * ph, x.shape[3] + 2 * pw
    if h > H or w > W:
        oh, ow = max((H - h) // sh + 1, 0), max((W - w) // sw + 1, 0)
        return x.new_zeros(x.shape[0], weight.shape[0], oh, ow)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_needs_bias(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Uses the bias without asking whether there is one.

    Hint: Call your function without a bias. Which line raises?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias.reshape(-1), stride)


def conv2d_truth_of_bias(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Asks `if bias:`, and a tensor of several numbers is neither true nor false.

    Hint: Try bool(torch.tensor([1.0, 2.0])). How can you ask whether something is None?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias if bias else None, stride)


def conv2d_bias_without_history(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds the bias as bare numbers, so that no gradient reaches it.

    Hint: After a backward pass, look at the .grad of x, of the weight and of the bias.
    """
    bias = None if bias is None else bias.detach()
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_first_image_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Computes the first image of the batch and drops the others.

    Hint: What shape should a batch of three images give, and what shape is yours?
    """
    return _slide(_checked_pad(x[:1], weight, padding), weight, bias, stride)


def conv2d_slices_up_to_minus_zero(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Writes the input to [p:-p], which is an empty slice for p = 0.

    Hint: What is torch.arange(5)[0:-0]?
    """
    P = _checked_pad(x, weight, padding).clone()
    ph, pw = _pair(padding)
    P[:, :, ph:-ph, pw:-pw] = x
    return _slide(P, weight, bias, stride)


def conv2d_pairs_only(x, weight, bias=None, stride=(1, 1), padding=(0, 0)):
    """conv2d: Expects pairs for stride and padding and fails with a number.

    Hint: Call your function with stride=2. Which line raises?
    """
    (sh, sw), (ph, pw) = stride, padding
    return _slide(_checked_pad(x, weight, (ph, pw)), weight, bias, (sh, sw))


def conv2d_padding_number_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes pairs for the stride, but only a number for the padding.

    Hint: Call your function with padding=(2, 1). Which line raises?
    """
    return _slide(_checked_pad(x, weight, int(padding)), weight, bias, stride)


def conv2d_rounds_to_float32(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Pads into torch.zeros(...), which is float32, and so rounds the input.

    Hint: Print the dtype of the padded tensor. Do lost digits come back?
    """
    P = _checked_pad(x, weight, padding).float()
    Y = _slide(P, weight.float(), None, stride).to(x.dtype)
    return Y if bias is None else Y + bias.reshape(1, -1, 1, 1)


def conv2d_slices_before_size_check(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Writes the input to [p:-p] first, which is an empty slice for p = 0.

    Hint: What is torch.arange(5)[0:-0]?

    Same as: conv2d_slices_up_to_minus_zero
    """
    _same_channels(x, weight)
    (N, C, H, W), (ph, pw) = x.shape, _pair(padding)
    P = x.new_zeros(N, C, H + 2 * ph, W + 2 * pw)
    P[:, :, ph:-ph, pw:-pw] = x
    _fits(weight, *P.shape[2:])
    return _slide(P, weight, bias, stride)


def conv2d_copy_cuts_gradient(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Copies x.data into a new array, which cuts the input off from its gradient.

    Hint: Does the padded tensor have a grad_fn?

    Same as: conv2d_padding_cuts_gradient
    """
    return _slide(_checked_pad(x, weight, padding).data, weight, bias, stride)


def conv2d_swaps_arguments(x, weight, bias=None, padding=0, stride=1):
    """conv2d: Takes the padding before the stride, which matters to a call without names.

    Hint: Compare the order of your arguments with the task's.
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_bias_for_each_product(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds the bias inside the sum over the kernel's places, once for each.

    Hint: What comes out for an image of zeros, and what should?
    """
    P = _checked_pad(x, weight, padding)
    h, w = weight.shape[2:]
    return _slide(P, weight, None if bias is None else bias * (h * w), stride)


def conv2d_first_bias_for_all(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds the first bias to every output channel.

    Hint: What should each channel be for an image of zeros?
    """
    P = _checked_pad(x, weight, padding)
    return _slide(P, weight, None if bias is None else bias[:1].expand(len(weight)), stride)


def conv2d_stride_number_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes pairs for the padding, but only a number for the stride.

    Hint: Call your function with stride=(2, 1). Which line raises?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, int(stride))


def conv2d_stride_pair_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes a number for the padding, but only a pair for the stride.

    Hint: Call your function without a stride. Which line raises?
    """
    sh, sw = stride
    return _slide(_checked_pad(x, weight, padding), weight, bias, (sh, sw))


def conv2d_averages_channels(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes the mean over the input channels, not the sum.

    Hint: Feed it ones, with a weight of ones. Does the result grow with the number of channels?
    """
    P = _checked_pad(x, weight, padding)
    return _slide(P, weight / x.shape[1], bias, stride)


def conv2d_needs_contiguous(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Calls view, which fails for an input that is not contiguous.

    Hint: What does view need to know about the memory? Which function copies where it has to?
    """
    return _slide(_checked_pad(x.view(-1).view(x.shape), weight, padding), weight, bias, stride)


def conv2d_stride_defaults_to_kernel(x, weight, bias=None, stride=None, padding=0):
    """conv2d: Moves by the kernel's size where no stride is given, as pooling does.

    Hint: What stands for the stride in the first line of the task?
    """
    stride = tuple(weight.shape[2:]) if stride is None else stride
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_half_of_padding(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Takes the padding for the total of both sides.

    Hint: By how much does an input grow whose padding is 1 in both directions?

    Same as: conv2d_padding_in_total
    """
    _checked_pad(x, weight, padding)
    ph, pw = (amount // 2 for amount in _pair(padding))
    return _slide(_checked_pad(x, weight, (ph, pw)), weight, bias, stride)


def conv2d_one_input_each(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Lets each output channel see one input channel only.

    Hint: How many kernels of two dimensions are there in the weight, and how many do you use?
    """
    P, alone = _checked_pad(x, weight, padding), torch.zeros_like(weight)
    for o in range(len(weight)):
        alone[o, o % x.shape[1]] = 1
    return _slide(P, weight * alone, bias, stride)


def conv2d_bias_along_height(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds the bias to the rows, not to the channels.

    Hint: Which dimension of the result does a bias of shape (co, 1) line up with?
    """
    Y = _slide(_checked_pad(x, weight, padding), weight, None, stride)
    return Y if bias is None else Y + bias[:, None]


def conv2d_pads_width_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Pads left and right, and not above and below.

    Hint: Which dimension do the first two numbers for F.pad belong to, and which the next two?
    """
    _same_channels(x, weight)
    _, pw = _pair(padding)
    P = F.pad(x, (pw, pw))
    _fits(weight, *P.shape[2:])
    return _slide(P, weight, bias, stride)


def conv2d_sums_batch(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Adds up the images of the batch.

    Hint: What shape should a batch of three images give, and what shape is yours?
    """
    P = _checked_pad(x, weight, padding)
    return _slide(P.sum(0, keepdim=True), weight, bias, stride)[0]


def conv2d_batch_second(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Puts the output channels before the batch.

    Hint: In which order do you loop or stack: images first, or kernels first?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride).transpose(0, 1)


def conv2d_channels_last(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Puts the output channels behind height and width.

    Hint: At which place of the result's shape should the output channels be?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride).permute(0, 2, 3, 1)


def conv2d_transposes_kernel(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Reads the window row by row, but the kernel column by column.

    Hint: Which number of the window does weight[0, 0, 0, 1] meet?
    """
    P, turned = _checked_pad(x, weight, padding), weight.transpose(2, 3)
    return _slide(P, turned.reshape(weight.shape), bias, stride)


def conv2d_swaps_output_size(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Shapes the result as (N, co, ow, oh).

    Hint: Try an input that is much wider than high. Is your result as well?
    """
    Y = _slide(_checked_pad(x, weight, padding), weight, None, stride)
    return _add_bias(Y.reshape(*Y.shape[:2], Y.shape[3], Y.shape[2]), bias)


def conv2d_strides_twice(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Applies the stride twice, to the windows and to their results.

    Hint: With stride 2, how far do the windows of your outputs (0, 0) and (0, 1) lie apart?
    """
    sh, sw = _pair(stride)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)[:, :, ::sh, ::sw]


def conv2d_checks_directions_together(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Refuses a kernel only if it is larger than the padded input in both directions.

    Hint: Does a kernel fit that is higher than the padded input, but not wider?
    """
    (H, W), (h, w), (ph, pw) = x.shape[2:], weight.shape[2:], _pair(padding)
    if (h > H + 2 * ph) != (w > W + 2 * pw):
        return x.new_zeros(0)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_checks_height_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Looks at the kernel's height and not at its width.

    Hint: What does your check say to a kernel that is wider than the padded input?
    """
    (H, W), (h, w), (ph, pw) = x.shape[2:], weight.shape[2:], _pair(padding)
    if h <= H + 2 * ph and w > W + 2 * pw:
        return x.new_zeros(0)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_checks_width_only(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Looks at the kernel's width and not at its height.

    Hint: What does your check say to a kernel that is higher than the padded input?
    """
    (H, W), (h, w), (ph, pw) = x.shape[2:], weight.shape[2:], _pair(padding)
    if h > H + 2 * ph and w <= W + 2 * pw:
        return x.new_zeros(0)
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride)


def conv2d_pads_result(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Pads the result of the windows, where the input should be padded.

    Hint: What does the window at the upper left corner of the padded input hold?
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    Y = F.pad(_slide(_checked_pad(x, weight, 0), weight, None, 1), (pw, pw, ph, ph))
    return _add_bias(Y[:, :, ::sh, ::sw], bias)


def conv2d_squeezes_batch(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Drops the dimension of the batch where there is one image only.

    Hint: What shape should a batch of one image give?
    """
    return _slide(_checked_pad(x, weight, padding), weight, bias, stride).squeeze(0)


def conv2d_starts_late(x, weight, bias=None, stride=1, padding=0):
    """conv2d: Begins with the last window of the first stride, not with the first window.

    Hint: With stride 2, which windows do you keep: 0, 2, 4 or 1, 3, 5?
    """
    sh, sw = _pair(stride)
    Y = _slide(_checked_pad(x, weight, padding), weight, bias, 1)
    return Y[:, :, sh - 1 :: sh, sw - 1 :: sw]
