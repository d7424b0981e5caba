"""Wrong programs for assignment 02, as students write them."""
# ruff: noqa: D102 (what a layer's forward does wrong stands in the docstring of its class)

import torch
from torch import nn


def _check(X, K):
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("the kernel is larger than the input")


def _corr2d(X, K):
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    oh, ow = H - h + 1, W - w + 1
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a : a + oh, b : b + ow] * K[a, b]
    return Y


def _padded(X, rows, columns):
    (H, W) = X.shape
    P = X.new_zeros(H + 2 * rows, W + 2 * columns)
    P[rows : rows + H, columns : columns + W] = X
    return P


def _assemble(rows):
    return torch.stack([torch.stack(row) for row in rows])


def _each_window(X, K, combine):
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    return _assemble(
        [[combine(X[i : i + h, j : j + w], K) for j in range(W - w + 1)] for i in range(H - h + 1)]
    )


# --- corr2d --------------------------------------------------------------------------------------


def flipped_kernel(X, K):
    """corr2d: Flips the kernel before sliding it, as mathematical convolution does.

    Hint: Which corner of the kernel meets the window's upper left corner?
    """
    return _corr2d(X, K.flip(0, 1))


def swapped_height_width(X, K):
    """corr2d: Takes the number of output rows from the widths, and of columns from the heights.

    Hint: Which of the two comes first in X.shape? Try an input with more columns than rows.
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    return _assemble(
        [[(X[i : i + h, j : j + w] * K).sum() for j in range(H - h + 1)] for i in range(W - w + 1)]
    )


def transposed_kernel(X, K):
    """corr2d: Lays the kernel on the window with its rows and columns exchanged.

    Hint: Which entry of the kernel belongs to the upper right corner of the window?
    """
    _check(X, K)
    return _corr2d(X, K.t())


def output_one_too_small(X, K):
    """corr2d: Stops one place too early in both directions, with H − h rows and W − w columns.

    Hint: In how many places does a kernel of width 2 fit into a row of width 3?
    """
    return _corr2d(X, K)[:-1, :-1]


def zero_padded_to_input_size(X, K):
    """corr2d: Surrounds the input with zeros, so that the output is as large as the input.

    Hint: May the kernel hang over the edge? Count its places again without that.
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    return _corr2d(_padded(X, h // 2, w // 2), K)[:H, :W]


def windows_side_by_side(X, K):
    """corr2d: Moves the window on by its own size, so that no two windows overlap.

    Hint: How far to the right of the first window does the second one start?
    """
    h, w = K.shape
    return _corr2d(X, K)[::h, ::w]


def mean_of_products(X, K):
    """corr2d: Takes the mean of the products in a window, not their sum.

    Hint: Work out the first number of the example by hand. What is yours divided by?
    """
    return _corr2d(X, K) / K.numel()


def matrix_product_of_window(X, K):
    """corr2d: Multiplies window and kernel as matrices, where entries should meet one by one.

    Hint: What is the difference between `*` and `@` for two tensors of shape (2, 2)?
    """
    return _each_window(X, K, lambda window, kernel: (window @ kernel).sum())


def keeps_last_product_only(X, K):
    """corr2d: Overwrites the result at each kernel entry, where the products should add up.

    Hint: After the loop over the kernel, which of its entries still has a say in the result?
    """
    _check(X, K)
    h, w = K.shape
    return X[h - 1 :, w - 1 :] * K[-1, -1]


def window_changed_in_place(X, K):
    """corr2d: Multiplies the kernel into the input itself, which later windows then read.

    Hint: A slice of a tensor is no copy. Print the input after your function has run.
    """

    def combine(window, kernel):
        window *= kernel
        return window.sum()

    return _each_window(X, K, combine)


def corr2d_numbers_without_history(X, K):
    """corr2d: Cuts the result off from its inputs: by bare numbers, by numpy, or outside of autograd.

    Hint: Does your result have a grad_fn? Look for the first line after which it is lost.
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum().item()
    return Y


def corr2d_kernel_without_history(X, K):
    """corr2d: Reads the kernel without its history, as .data does, so that no gradient reaches it.

    Hint: The gradient of the input is right. What is different about how you read the kernel?
    """
    return _corr2d(X, K.data)


def corr2d_float32(X, K):
    """corr2d: Fills a result of the default dtype, float32, whatever the input was.

    Hint: What is the dtype of torch.zeros(2, 2)? How can it take the input's?
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    Y = torch.zeros(H - h + 1, W - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def corr2d_assumes_contiguous(X, K):
    """corr2d: Steps through memory as if the rows of the input always lay one after the other.

    Hint: What is X.stride() for a transposed X, and which strides does your code use?
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    windows = torch.as_strided(X, (H - h + 1, W - w + 1, h, w), (W, 1, W, 1))
    return (windows * K).sum((2, 3))


def corr2d_no_size_check(X, K):
    """corr2d: Raises no ValueError for a kernel that does not fit.

    Hint: What does H − h + 1 come to when the kernel is taller than the input?
    """
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(max(0, H - h + 1), max(0, W - w + 1))
    return Y if Y.numel() == 0 else _corr2d(X, K)


def corr2d_checks_both_sides_together(X, K):
    """corr2d: Lets a kernel through that is too large in one direction only.

    Hint: Does a kernel fit that is wider than the input but not taller?
    """
    (H, W), (h, w) = X.shape, K.shape
    if h > H and w > W:
        raise ValueError("the kernel is larger than the input")
    Y = X.new_zeros(max(0, H - h + 1), max(0, W - w + 1))
    return Y if Y.numel() == 0 else _corr2d(X, K)


def corr2d_refuses_equal_size(X, K):
    """corr2d: Refuses a kernel that is as large as the input, which still fits once.

    Hint: In how many places does a kernel of height 3 fit into an input of height 3?
    """
    if K.shape[0] >= X.shape[0] or K.shape[1] >= X.shape[1]:
        raise ValueError("the kernel is larger than the input")
    return _corr2d(X, K)


def corr2d_square_output(X, K):
    """corr2d: Counts the output's rows and uses their number for the columns as well.

    Hint: Try an input of 3 rows and 5 columns. Which sizes bound the column index?
    """
    _check(X, K)
    n, (h, w) = X.shape[0] - K.shape[0] + 1, K.shape
    Y = X.new_zeros(n, n)
    for i in range(n):
        for j in range(n):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def corr2d_leaves_last_places_zero(X, K):
    """corr2d: Makes room for every place, but its loops end before the last row and column.

    Hint: What does range(H - h) count up to? Look at the lower and the right edge of your result.
    """
    Y = _corr2d(X, K)
    Y[-1], Y[:, -1] = 0, 0
    return Y


def corr2d_returns_after_first_row(X, K):
    """corr2d: Returns from inside the loop over the rows, when only the first one is done.

    Hint: How far is the line with return indented?
    """
    Y = _corr2d(X, K)
    Y[1:] = 0
    return Y


def corr2d_transposed_result(X, K):
    """corr2d: Writes row i and column j of the result to [j, i].

    Hint: What shape should an input of 3 rows and 5 columns give, and what shape is yours?
    """
    return _corr2d(X, K).t()


def corr2d_flips_rows_only(X, K):
    """corr2d: Turns the kernel upside down before sliding it.

    Hint: Which row of the kernel meets the upper row of the window?
    """
    return _corr2d(X, K.flip(0))


def corr2d_full_size(X, K):
    """corr2d: Lets the kernel hang over all edges, which gives the "full" size.

    Hint: How many rows should come out? Count the places where all of the kernel fits.
    """
    _check(X, K)
    return _corr2d(_padded(X, K.shape[0] - 1, K.shape[1] - 1), K)


def corr2d_largest_product(X, K):
    """corr2d: Takes the largest product in each window, as pooling does, and not their sum.

    Hint: Work out the first number of the example by hand. What happens to the four products?
    """
    return _each_window(X, K, lambda window, kernel: (window * kernel).max())


def corr2d_cuts_off_negatives(X, K):
    """corr2d: Replaces negative results by zero, as an activation function does.

    Hint: What should come out if all of the kernel is negative? Is that what you get?
    """
    return torch.relu(_corr2d(X, K))


def corr2d_absolute_values(X, K):
    """corr2d: Drops the sign of the result.

    Hint: What should come out if all of the kernel is negative? Is that what you get?
    """
    return _corr2d(X, K).abs()


def corr2d_one_matrix_product(X, K):
    """corr2d: Multiplies input and kernel as matrices; nothing slides.

    Hint: How many different windows of the input does your code look at?
    """
    return X @ K


def corr2d_input_without_history(X, K):
    """corr2d: Copies the input without its history, so that no gradient reaches it.

    Hint: The gradient of the kernel is right. What is different about how you read the input?
    """
    return _corr2d(X.detach(), K)


def corr2d_writes_into_input(X, K):
    """corr2d: Writes the results into the input, which the caller still needs.

    Hint: Print the input before and after the call. Where should results go instead?
    """
    Y = _corr2d(X, K)
    with torch.no_grad():
        X[: Y.shape[0], : Y.shape[1]] = Y
    return Y


def corr2d_needs_contiguous(X, K):
    """corr2d: Flattens with view, which fails where the rows do not lie one after the other.

    Hint: What is the difference of view and reshape? Try it on a transposed tensor.
    """
    X.view(-1), K.view(-1)
    return _corr2d(X, K)


def corr2d_rounds_to_float32(X, K):
    """corr2d: Computes in float32 and turns only the finished result to the input's dtype.

    Hint: Which digits does a number lose on the way to float32? Do they come back?
    """
    return _corr2d(X.float(), K.float()).to(X.dtype)


def corr2d_needs_floats(X, K):
    """corr2d: Uses an operator that takes no whole numbers, and fails on integer tensors.

    Hint: Call your function with torch.arange(9).reshape(3, 3). Which line raises?
    """
    _check(X, K)
    columns = nn.functional.unfold(X[None, None], K.shape)
    return (K.reshape(1, -1) @ columns[0]).reshape(
        X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
    )


def corr2d_writes_over_input(X, K):
    """corr2d: Uses the input's upper left part as the place for the results.

    Hint: Print the input before and after the call. Where should results go instead?

    Same as: corr2d_writes_into_input
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            X[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return X[: H - h + 1, : W - w + 1]


def corr2d_numpy_refuses_grad(X, K):
    """corr2d: Hands the tensors to numpy, which refuses those that require grad.

    Hint: Call your function with an input that requires grad. Can torch do the same work?
    """
    x, k = X.numpy(), K.numpy()
    return _corr2d(torch.from_numpy(x.copy()), torch.from_numpy(k.copy()))


def corr2d_kernel_sides_swapped(X, K):
    """corr2d: Reads the kernel's shape as (width, height).

    Hint: Which comes first in K.shape? Try a kernel of one row and three columns.
    """
    w, h = K.shape
    (H, W), rows = X.shape, []
    _check(X, K)
    for i in range(H - h + 1):
        rows.append([(X[i : i + h, j : j + w] * K).sum() for j in range(W - w + 1)])
    return _assemble(rows)


def corr2d_square_kernel(X, K):
    """corr2d: Runs over as many columns of the kernel as it has rows.

    Hint: Try a kernel of one row and three columns. Which of its values are never used?
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    oh, ow = H - h + 1, W - w + 1
    Y = 0
    for a in range(h):
        for b in range(h):
            Y = Y + X[a : a + oh, b : b + ow] * K[a, b]
    return Y


def corr2d_checks_height_only(X, K):
    """corr2d: Looks whether the kernel is too tall, and not whether it is too wide.

    Hint: Try a kernel of one row that is wider than the input.
    """
    if K.shape[0] > X.shape[0]:
        raise ValueError("the kernel is larger than the input")
    if K.shape[1] > X.shape[1]:
        return X.new_zeros(X.shape[0] - K.shape[0] + 1, 0)
    return _corr2d(X, K)


def corr2d_checks_width_only(X, K):
    """corr2d: Looks whether the kernel is too wide, and not whether it is too tall.

    Hint: Try a kernel of one column that is taller than the input.
    """
    if K.shape[1] > X.shape[1]:
        raise ValueError("the kernel is larger than the input")
    if K.shape[0] > X.shape[0]:
        return X.new_zeros(0, X.shape[1] - K.shape[1] + 1)
    return _corr2d(X, K)


def corr2d_pads_below_first(X, K):
    """corr2d: Surrounds the input with zeros, so that the output is as large as the input.

    Hint: May the kernel hang over the edge? Count its places again without that.

    Same as: zero_padded_to_input_size
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    full, top, left = _corr2d(_padded(X, h - 1, w - 1), K), h // 2, w // 2
    return full[top : top + H, left : left + W]


def corr2d_stacks_one_too_few(X, K):
    """corr2d: Stops one place too early in both directions, with H − h rows and W − w columns.

    Hint: In how many places does a kernel of width 2 fit into a row of width 3?

    Same as: output_one_too_small
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    return _assemble(
        [[(X[i : i + h, j : j + w] * K).sum() for j in range(W - w)] for i in range(H - h)]
    )


def corr2d_one_row_too_few(X, K):
    """corr2d: Stops one place too early downwards, with H − h rows; the columns are right.

    Hint: In how many places does a kernel of height 2 fit into a column of height 3?
    """
    return _corr2d(X, K)[:-1]


def corr2d_stacks_one_row_too_few(X, K):
    """corr2d: Stops one place too early downwards, with H − h rows; the columns are right.

    Hint: In how many places does a kernel of height 2 fit into a column of height 3?

    Same as: corr2d_one_row_too_few
    """
    return torch.stack(list(_corr2d(X, K))[:-1])


def corr2d_one_column_too_few(X, K):
    """corr2d: Stops one place too early to the right, with W − w columns; the rows are right.

    Hint: In how many places does a kernel of width 2 fit into a row of width 3?
    """
    return _corr2d(X, K)[:, :-1]


def corr2d_stacks_one_column_too_few(X, K):
    """corr2d: Stops one place too early to the right, with W − w columns; the rows are right.

    Hint: In how many places does a kernel of width 2 fit into a row of width 3?

    Same as: corr2d_one_column_too_few
    """
    return _assemble([list(row)[:-1] for row in _corr2d(X, K)])


def corr2d_square_input(X, K):
    """corr2d: Takes the input's height for its width as well.

    Hint: Try an input of 3 rows and 5 columns. How many windows fit side by side?
    """
    n, (h, w) = X.shape[0], K.shape
    if h > n or w > n:
        raise ValueError("the kernel is larger than the input")
    Y = X.new_zeros(n - h + 1, n - w + 1)
    for i in range(n - h + 1):
        for j in range(n - w + 1):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def corr2d_square_window(X, K):
    """corr2d: Takes windows as wide as they are high, and fits the kernel to them.

    Hint: Try a kernel of one row and three columns. How wide is the window that it meets?
    """
    _check(X, K)
    k = K.shape[0]
    return (X.unfold(0, k, 1).unfold(1, k, 1) * K).sum((2, 3))


def matrix_product_with_transposed(X, K):
    """corr2d: Multiplies window and kernel as matrices, where entries should meet one by one.

    Hint: What is the difference between `*` and `@` for two tensors of shape (2, 2)?

    Same as: matrix_product_of_window
    """
    return _each_window(X, K, lambda window, kernel: (window @ kernel.t()).sum())


def corr2d_kernel_indices_exchanged(X, K):
    """corr2d: Lays the kernel on the window with its rows and columns exchanged.

    Hint: Which entry of the kernel belongs to the upper right corner of the window?

    Same as: transposed_kernel
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    oh, ow = H - h + 1, W - w + 1
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a : a + oh, b : b + ow] * K[b, a]
    return Y


def window_changed_behind_autograd(X, K):
    """corr2d: Multiplies the kernel into the input itself, which later windows then read.

    Hint: A slice of a tensor is no copy. Print the input after your function has run.

    Same as: window_changed_in_place
    """
    return window_changed_in_place(X.detach(), K.detach())


def corr2d_window_never_moves(X, K):
    """corr2d: Reads the same window, the first one, for every output.

    Hint: Which of your indices into X change when the output's row changes?
    """
    Y = _corr2d(X, K)
    return Y[:1, :1].expand(Y.shape)


def corr2d_sums_rows_only(X, K):
    """corr2d: Sums the products of a window along one direction only, which leaves an axis too many.

    Hint: Print the shape of your result. How many numbers should each window give?
    """
    _check(X, K)
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(-1)


def corr2d_sums_columns_only(X, K):
    """corr2d: Sums the products of a window along one direction only, which leaves an axis too many.

    Hint: Print the shape of your result. How many numbers should each window give?

    Same as: corr2d_sums_rows_only
    """
    _check(X, K)
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(-2)


def corr2d_sums_before_multiplying(X, K):
    """corr2d: Adds up the window and the kernel first, and multiplies the two sums.

    Hint: Work out the first number of the example by hand. What comes first, × or +?
    """
    return _corr2d(X, torch.ones_like(K)) * K.sum()


def corr2d_ignores_kernel_values(X, K):
    """corr2d: Adds up each window; of the kernel it uses the shape only.

    Hint: Multiply the kernel by 10. What happens to your result?
    """
    return _corr2d(X, torch.ones_like(K))


def corr2d_fills_columns_first(X, K):
    """corr2d: Collects the results column by column, but lays them out row by row.

    Hint: Which of your two loops is the inner one, and along which direction does reshape go first?
    """
    Y = _corr2d(X, K)
    return Y.t().reshape(Y.shape)


def corr2d_kernel_loops_end_early(X, K):
    """corr2d: Leaves out the kernel's last row and last column.

    Hint: What does range(h - 1) count up to? How many rows has the kernel?
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    oh, ow = H - h + 1, W - w + 1
    Y = X.new_zeros(oh, ow)
    for a in range(h - 1):
        for b in range(w - 1):
            Y = Y + X[a : a + oh, b : b + ow] * K[a, b]
    return Y


def corr2d_divides_by_kernel_sum(X, K):
    """corr2d: Divides by the sum of the kernel, as a weighted mean does.

    Hint: Work out the first number of the example by hand. What is yours divided by?
    """
    return _corr2d(X, K) / K.sum()


def corr2d_clamps_negatives(X, K):
    """corr2d: Replaces negative results by zero, as an activation function does.

    Hint: What should come out if all of the kernel is negative? Is that what you get?

    Same as: corr2d_cuts_off_negatives
    """
    return _corr2d(X, K).clamp(min=0)


def corr2d_wraps_around(X, K):
    """corr2d: Lets the kernel come in again on the other side, so that no place is left out.

    Hint: How many rows should come out? Count the places where all of the kernel fits.
    """
    _check(X, K)
    Y = 0
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            Y = Y + X.roll((-a, -b), (0, 1)) * K[a, b]
    return Y


def corr2d_square_input_in_blocks(X, K):
    """corr2d: Takes the input's height for its width as well.

    Hint: Try an input of 3 rows and 5 columns. How many windows fit side by side?

    Same as: corr2d_square_input
    """
    n, (h, w) = X.shape[0], K.shape
    if h > n or w > n:
        raise ValueError("the kernel is larger than the input")
    Y = X.new_zeros(n - h + 1, n - w + 1)
    for a in range(h):
        for b in range(w):
            Y = Y + X[a : a + n - h + 1, b : b + n - w + 1] * K[a, b]
    return Y


def corr2d_pads_half_a_kernel(X, K):
    """corr2d: Surrounds the input with zeros before the kernel slides.

    Hint: May the kernel hang over the edge? Count its places again without that.

    Same as: zero_padded_to_input_size
    """
    _check(X, K)
    return _corr2d(_padded(X, K.shape[0] // 2, K.shape[1] // 2), K)


def corr2d_pads_for_odd_kernel(X, K):
    """corr2d: Surrounds the input with zeros before the kernel slides.

    Hint: May the kernel hang over the edge? Count its places again without that.

    Same as: zero_padded_to_input_size
    """
    _check(X, K)
    return _corr2d(_padded(X, (K.shape[0] - 1) // 2, (K.shape[1] - 1) // 2), K)


def corr2d_windows_cut_off_at_edge(X, K):
    """corr2d: Puts the kernel on every place of the input, and cuts it off where it hangs over.

    Hint: May the kernel hang over the edge? Count its places again without that.
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    return _corr2d(_padded(X, h - 1, w - 1), K)[-H:, -W:]


def corr2d_checks_sides_crosswise(X, K):
    """corr2d: Compares the kernel's height with the input's width, and the other way round.

    Hint: Try an input of one row and three columns with a kernel of the same shape.
    """
    (H, W), (h, w) = X.shape, K.shape
    if h > W or w > H:
        raise ValueError("the kernel is larger than the input")
    Y = X.new_zeros(max(0, H - h + 1), max(0, W - w + 1))
    return Y if Y.numel() == 0 else _corr2d(X, K)


def corr2d_flips_columns_only(X, K):
    """corr2d: Turns the kernel left to right before sliding it.

    Hint: Which column of the kernel meets the left column of the window?
    """
    return _corr2d(X, K.flip(1))


# --- true_conv2d ---------------------------------------------------------------------------------


def kernel_not_rotated(X, K):
    """true_conv2d: Leaves the kernel as it is, which makes this cross-correlation once more.

    Hint: Compare your result with corr2d's on the same input. Should the two agree?
    """
    return _corr2d(X, K)


def flipped_up_down_only(X, K):
    """true_conv2d: Flips the kernel upside down, but not left to right.

    Hint: Turn a sheet of paper by half a turn: where does its upper right corner go?
    """
    return _corr2d(X, K.flip(0))


def flipped_left_right_only(X, K):
    """true_conv2d: Flips the kernel left to right, but not upside down.

    Hint: Turn a sheet of paper by half a turn: where does its lower left corner go?
    """
    return _corr2d(X, K.flip(1))


def transposed_instead_of_rotated(X, K):
    """true_conv2d: Transposes the kernel, where it should be turned by half a turn.

    Hint: Which corner of the kernel stays in its place in your version? Should any?
    """
    _check(X, K)
    return _corr2d(X, K.t())


def rotated_by_quarter(X, K):
    """true_conv2d: Turns the kernel by 90°, which is half of what is needed.

    Hint: What shape does a 2×3 kernel have after your turn?
    """
    _check(X, K)
    return _corr2d(X, K.rot90())


def flipped_input_instead(X, K):
    """true_conv2d: Flips the input and not the kernel, which turns the output round as well.

    Hint: Which window should the first number of the output come from?
    """
    return _corr2d(X.flip(0, 1), K)


def flipped_input_and_kernel(X, K):
    """true_conv2d: Turns input and kernel, or the output, which gives cross-correlation in reverse.

    Hint: Your numbers are those of corr2d in another order. What should turn, and what should stay?
    """
    return _corr2d(X.flip(0, 1), K.flip(0, 1))


def flipped_output_instead(X, K):
    """true_conv2d: Turns input and kernel, or the output, which gives cross-correlation in reverse.

    Hint: Your numbers are those of corr2d in another order. What should turn, and what should stay?

    Same as: flipped_input_and_kernel
    """
    return _corr2d(X, K).flip(0, 1)


def negative_index_off_by_one(X, K):
    """true_conv2d: Reads the kernel from its end with K[-a, -b], which begins with K[0, 0].

    Hint: What is K[-0, -0]? And which entry should come first?
    """
    h, w = K.shape
    rows = torch.tensor([-a % h for a in range(h)])
    columns = torch.tensor([-b % w for b in range(w)])
    return _corr2d(X, K[rows][:, columns])


def full_convolution(X, K):
    """true_conv2d: Lets the kernel hang over the edges, which is the "full" size.

    Hint: How many rows should come out? Count the places where all of the kernel fits.
    """
    _check(X, K)
    h, w = K.shape
    return _corr2d(_padded(X, h - 1, w - 1), K.flip(0, 1))


def true_conv2d_kernel_without_history(X, K):
    """true_conv2d: Turns the kernel without its history, so that no gradient reaches it.

    Hint: The gradient of the input is right. How does the turned kernel come about in your code?
    """
    turned = [row[::-1] for row in K.tolist()[::-1]]
    return _corr2d(X, torch.tensor(turned, dtype=K.dtype))


def true_conv2d_turns_callers_kernel(X, K):
    """true_conv2d: Writes the turned kernel into the tensor that the caller passed in.

    Hint: Call your function twice with the same kernel. Why do the results differ?
    """
    _check(X, K)
    K[:] = K.flip(0, 1)
    return _corr2d(X, K)


def true_conv2d_float32(X, K):
    """true_conv2d: Turns everything to float32 on the way.

    Hint: Print the dtype of the result for a float64 input. Where does it change?
    """
    return _corr2d(X.float(), K.float().flip(0, 1))


def true_conv2d_no_size_check(X, K):
    """true_conv2d: Raises no ValueError for a kernel that does not fit.

    Hint: What does H − h + 1 come to when the kernel is taller than the input?
    """
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(max(0, H - h + 1), max(0, W - w + 1))
    return Y if Y.numel() == 0 else _corr2d(X, K.flip(0, 1))


def true_conv2d_input_size(X, K):
    """true_conv2d: Cuts the full convolution to the input's size, where only whole windows count.

    Hint: How many rows should come out? Count the places where all of the kernel fits.
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    full = _corr2d(_padded(X, h - 1, w - 1), K.flip(0, 1))
    top, left = (h - 1) // 2, (w - 1) // 2
    return full[top : top + H, left : left + W]


def true_conv2d_wrong_sign(X, K):
    """true_conv2d: Multiplies the kernel by −1, where it should be turned.

    Hint: What does a kernel of ones look like after half a turn?
    """
    return _corr2d(X, -K)


def true_conv2d_negative_steps(X, K):
    """true_conv2d: Turns the kernel by slices with a negative step, which tensors do not have.

    Hint: K[::-1] is numpy's. Which function of torch turns a tensor around?
    """
    return _corr2d(X, K[::-1, ::-1])


def true_conv2d_refuses_equal_size(X, K):
    """true_conv2d: Refuses a kernel as tall or as wide as the input, which fits exactly once.

    Hint: What does H − h + 1 come to when h equals H?
    """
    if K.shape[0] >= X.shape[0] or K.shape[1] >= X.shape[1]:
        raise ValueError("the kernel is larger than the input")
    return _corr2d(X, K.flip(0, 1))


def true_conv2d_one_too_small(X, K):
    """true_conv2d: Stops one place too early in both directions, with H − h rows and W − w columns.

    Hint: In how many places does a kernel of width 2 fit into a row of width 3?
    """
    return _corr2d(X, K.flip(0, 1))[:-1, :-1]


def true_conv2d_mean(X, K):
    """true_conv2d: Takes the mean of the products in a window, not their sum.

    Hint: Work out the first number of the example by hand. What is yours divided by?
    """
    return _corr2d(X, K.flip(0, 1)) / K.numel()


def true_conv2d_pads_above_first(X, K):
    """true_conv2d: Cuts the full convolution to the input's size, where only whole windows count.

    Hint: How many rows should come out? Count the places where all of the kernel fits.

    Same as: true_conv2d_input_size
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    full, top, left = _corr2d(_padded(X, h - 1, w - 1), K.flip(0, 1)), h // 2, w // 2
    return full[top : top + H, left : left + W]


def true_conv2d_turns_and_transposes(X, K):
    """true_conv2d: Flips the kernel along its other diagonal: turned by 180° and transposed.

    Hint: Which shape has your kernel after the turn? A half turn leaves the shape alone.
    """
    return _corr2d(X, K.flip(0, 1).t())


def rotated_clockwise(X, K):
    """true_conv2d: Turns the kernel by 90°, which is half of what is needed.

    Hint: What shape does a 2×3 kernel have after your turn?

    Same as: rotated_by_quarter
    """
    return _corr2d(X, K.rot90(-1))


def true_conv2d_turns_kernel_unseen(X, K):
    """true_conv2d: Writes the turned kernel into the tensor that the caller passed in.

    Hint: Call your function twice with the same kernel. Why do the results differ?

    Same as: true_conv2d_turns_callers_kernel
    """
    with torch.no_grad():
        K.copy_(K.flip(0, 1))
    return _corr2d(X, K)


def true_conv2d_exchanges_arguments(X, K):
    """true_conv2d: Exchanges input and kernel where the kernel is larger, and raises no ValueError.

    Hint: In how many places does all of the kernel fit when it is larger than the input?
    """
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        X, K = K, X
    return _corr2d(X, K.flip(0, 1))


def true_conv2d_height_for_both(X, K):
    """true_conv2d: Counts from the kernel's height in both directions when it turns the kernel.

    Hint: Try a kernel of one row and three columns. Which of its entries comes first in yours?
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    oh, ow = H - h + 1, W - w + 1
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X[a : a + oh, b : b + ow] * K[h - 1 - a, h - 1 - b]
    return Y


def true_conv2d_square_turn(X, K):
    """true_conv2d: Counts from the kernel's height in both directions when it turns the kernel.

    Hint: Try a kernel of one row and three columns. Which of its entries comes first in yours?

    Same as: true_conv2d_height_for_both
    """
    h = K.shape[0]
    turned = [[K[h - 1 - a, h - 1 - b] for b in range(h)] for a in range(h)]
    return _corr2d(X, _assemble(turned))


def true_conv2d_reverses_products(X, K):
    """true_conv2d: Takes the kernel's values in descending order, which turns that of the example.

    Hint: Try the kernel [[2, 7, 1]]. Which entry comes first after half a turn?
    """
    return _corr2d(X, K.flatten().sort(descending=True).values.reshape(K.shape))


def true_conv2d_without_history(X, K):
    """true_conv2d: Computes with bare numbers: no gradient reaches the input or the kernel.

    Hint: Does your result have a grad_fn? Look for the first line after which it is lost.
    """
    return _corr2d(X.detach(), K.detach().flip(0, 1))


def true_conv2d_checks_both_sides_together(X, K):
    """true_conv2d: Lets a kernel through that is too large in one direction only.

    Hint: Does a kernel fit that is wider than the input but not taller?
    """
    (H, W), (h, w) = X.shape, K.shape
    if h > H and w > W:
        raise ValueError("the kernel is larger than the input")
    Y = X.new_zeros(max(0, H - h + 1), max(0, W - w + 1))
    return Y if Y.numel() == 0 else _corr2d(X, K.flip(0, 1))


def true_conv2d_negative_index(X, K):
    """true_conv2d: Reads X[i − a, j − b], at negative places, where Python counts from the end.

    Hint: What is X[-1, 0]? Which window should the first number of the output come from?
    """
    _check(X, K)
    (H, W), (h, w) = X.shape, K.shape
    Y = 0
    for a in range(h):
        for b in range(w):
            Y = Y + X.roll((a, b), (0, 1))[: H - h + 1, : W - w + 1] * K[a, b]
    return Y


# --- Conv2D --------------------------------------------------------------------------------------


class _Layer(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class bias_left_out(_Layer):
    """Conv2D: Has a bias and never adds it.

    Hint: Set the bias to 100. What changes in the output?
    """

    def forward(self, x):
        return _corr2d(x, self.weight)


class bias_once_per_product(_Layer):
    """Conv2D: Adds the bias to every product, so that it counts once for each kernel entry.

    Hint: With an input of zeros, what should the layer answer? How many biases are in yours?
    """

    def forward(self, x):
        return _corr2d(x, self.weight) + self.weight.numel() * self.bias


class bias_added_to_input(_Layer):
    """Conv2D: Adds the bias to the input, before the kernel sees it.

    Hint: With an input of zeros, what should the layer answer, and what does yours?
    """

    def forward(self, x):
        return _corr2d(x + self.bias, self.weight)


class bias_subtracted(_Layer):
    """Conv2D: Subtracts the bias.

    Hint: Set the bias to 100. Which way does the output move?
    """

    def forward(self, x):
        return _corr2d(x, self.weight) - self.bias


class bias_without_axis(_Layer):
    """Conv2D: Makes the bias a single number without an axis, of shape ().

    Hint: Print bias.shape. What is the difference between torch.zeros(1) and torch.tensor(0.0)?
    """

    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.bias = nn.Parameter(torch.tensor(0.0))


class bias_for_every_weight(_Layer):
    """Conv2D: Gives the bias the kernel's shape, one for each weight.

    Hint: How many numbers does a layer with one output channel add? Count those in your bias.
    """

    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.bias = nn.Parameter(torch.zeros(kernel_size))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias.sum()


class weight_height_width_swapped(_Layer):
    """Conv2D: Makes the weight (width, height), though the pair is (height, width).

    Hint: Print weight.shape of a layer made with (2, 3).
    """

    def __init__(self, kernel_size):
        super().__init__((kernel_size[1], kernel_size[0]))


class weight_with_channel_axes(_Layer):
    """Conv2D: Gives the weight two more axes, as a layer with channels has.

    Hint: Print weight.shape of a layer made with (2, 3). Which of its axes does the task name?
    """

    def __init__(self, kernel_size):
        super().__init__((1, 1, *kernel_size))

    def forward(self, x):
        return _corr2d(x, self.weight[0, 0]) + self.bias


class parameters_are_plain_tensors(nn.Module):
    """Conv2D: Lacks a parameter: weight or bias, or both, are missing or ordinary tensors.

    Hint: Print list(layer.parameters()). What would an optimiser find to train?
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.weight = torch.randn(kernel_size, requires_grad=True)
        self.bias = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class parameters_under_other_names(nn.Module):
    """Conv2D: Calls its parameters by other names than weight and bias.

    Hint: Print layer.state_dict().keys() and compare with the task.
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(kernel_size))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.kernel) + self.b


class layer_flips_kernel(_Layer):
    """Conv2D: Computes the mathematical convolution, with the kernel turned by half a turn.

    Hint: Which of your two functions does forward call, and which one should it?
    """

    def forward(self, x):
        return _corr2d(x, self.weight.flip(0, 1)) + self.bias


class weight_without_history(_Layer):
    """Conv2D: Reads the weight without its history, as .data does, so that it can never learn.

    Hint: After a backward pass, what is in weight.grad and in bias.grad?
    """

    def forward(self, x):
        return _corr2d(x, self.weight.data) + self.bias


class bias_as_bare_number(_Layer):
    """Conv2D: Adds the bias as a bare number, so that it can never learn.

    Hint: After a backward pass, what is in weight.grad and in bias.grad?
    """

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias.item()


class layer_computes_in_float32(_Layer):
    """Conv2D: Turns input and parameters to float32, even in a layer that was made float64.

    Hint: Call layer.double() and give it a float64 input. Where does the dtype change?
    """

    def forward(self, x):
        return _corr2d(x.float(), self.weight.float()) + self.bias.float()


class layer_keeps_first_size(_Layer):
    """Conv2D: Works out the output's size at the first call and keeps it for all later ones.

    Hint: Call the same layer with a small input and then with a larger one.
    """

    size = None

    def forward(self, x):
        Y = _corr2d(x, self.weight) + self.bias
        self.size = self.size or Y.shape
        return Y[: self.size[0], : self.size[1]]


class layer_turns_weight_each_call(_Layer):
    """Conv2D: Changes the stored weight at every call, so that the next call starts from another.

    Hint: Print layer.weight before and after a call.
    """

    def forward(self, x):
        Y = _corr2d(x, self.weight) + self.bias
        self.weight.data = self.weight.data.flip(0, 1)
        return Y


class layer_no_size_check(_Layer):
    """Conv2D: Raises no ValueError for a kernel that does not fit.

    Hint: What does your corr2d do with an input smaller than the kernel, and what does the layer?
    """

    def forward(self, x):
        (H, W), (h, w) = x.shape, self.weight.shape
        if h > H or w > W:
            return x.new_zeros(max(0, H - h + 1), max(0, W - w + 1)) + self.bias
        return _corr2d(x, self.weight) + self.bias


class parameters_named_by_letters(nn.Module):
    """Conv2D: Calls its parameters w and b, not weight and bias.

    Hint: Print layer.state_dict().keys() and compare with the task.

    Same as: parameters_under_other_names
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.w = nn.Parameter(torch.randn(kernel_size))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.w) + self.b


class layer_square_weight(_Layer):
    """Conv2D: Takes the kernel's height for its width as well.

    Hint: Print weight.shape of a layer made with (2, 3).
    """

    def __init__(self, kernel_size):
        super().__init__((kernel_size[0], kernel_size[0]))


class layer_input_without_history(_Layer):
    """Conv2D: Detaches the input, so that no gradient reaches the layers before this one.

    Hint: Give the layer an input that requires grad. What is in its .grad after backward?
    """

    def forward(self, x):
        return _corr2d(x.detach(), self.weight) + self.bias


class layer_remembers_first_result(_Layer):
    """Conv2D: Gives the first call's result again at every later call.

    Hint: Call the same layer with two different inputs and compare what comes out.
    """

    result = None

    def forward(self, x):
        if self.result is None:
            self.result = _corr2d(x, self.weight) + self.bias
        return self.result


class layer_cuts_off_negatives(_Layer):
    """Conv2D: Applies ReLU, which is a layer of its own.

    Hint: What should come out where the sum is negative?
    """

    def forward(self, x):
        return torch.relu(_corr2d(x, self.weight) + self.bias)


class weight_is_plain_tensor(nn.Module):
    """Conv2D: Lacks a parameter: weight or bias, or both, are missing or ordinary tensors.

    Hint: Print list(layer.parameters()). What would an optimiser find to train?

    Same as: parameters_are_plain_tensors
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.weight = torch.randn(kernel_size)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class bias_is_plain_tensor(nn.Module):
    """Conv2D: Lacks a parameter: weight or bias, or both, are missing or ordinary tensors.

    Hint: Print list(layer.parameters()). What would an optimiser find to train?

    Same as: parameters_are_plain_tensors
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class weight_under_another_name(nn.Module):
    """Conv2D: Calls its parameters by other names than weight and bias.

    Hint: Print layer.state_dict().keys() and compare with the task.

    Same as: parameters_under_other_names
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.kernel = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.kernel) + self.bias


class bias_does_not_train(_Layer):
    """Conv2D: Holds the bias where no gradient reaches it: as a buffer, or with requires_grad=False.

    Hint: Which of the layer's tensors does an optimiser change? Print list(layer.parameters()).
    """

    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.bias.requires_grad_(False)


class bias_is_a_buffer(nn.Module):
    """Conv2D: Holds the bias where no gradient reaches it: as a buffer, or with requires_grad=False.

    Hint: Which of the layer's tensors does an optimiser change? Print list(layer.parameters()).

    Same as: bias_does_not_train
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.register_buffer("bias", torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class bias_added_to_weight(_Layer):
    """Conv2D: Adds the bias to the kernel before it slides.

    Hint: What should the layer answer to an image of zeros, and what does yours?
    """

    def forward(self, x):
        return _corr2d(x, self.weight + self.bias)


class layer_without_super(nn.Module):
    """Conv2D: Leaves out super().__init__(), so that the layer cannot hold parameters.

    Hint: What does the error say about calls and their order? Look at the first line of __init__.
    """

    def __init__(self, kernel_size):
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class weight_stored_transposed(_Layer):
    """Conv2D: Makes the weight (width, height), though the pair is (height, width).

    Hint: Print weight.shape of a layer made with (2, 3).

    Same as: weight_height_width_swapped
    """

    def __init__(self, kernel_size):
        super().__init__((kernel_size[1], kernel_size[0]))

    def forward(self, x):
        return _corr2d(x, self.weight.t()) + self.bias


class parameters_without_history(_Layer):
    """Conv2D: Reads weight and bias without their history, as .data does: neither can ever learn.

    Hint: After a backward pass, what is in weight.grad and in bias.grad?
    """

    def forward(self, x):
        return _corr2d(x, self.weight.data) + self.bias.data


class layer_without_history(_Layer):
    """Conv2D: Computes without a record, as under no_grad: no gradient flows back at all.

    Hint: Does the layer's output have a grad_fn? Look for the line after which it is lost.
    """

    def forward(self, x):
        return _corr2d(x.detach(), self.weight.detach()) + self.bias.detach()


class weight_does_not_train(_Layer):
    """Conv2D: Holds the weight where no gradient reaches it: as a buffer, or requires_grad=False.

    Hint: Which of the layer's tensors does an optimiser change? Print list(layer.parameters()).
    """

    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.weight.requires_grad_(False)


class weight_is_a_buffer(nn.Module):
    """Conv2D: Holds the weight where no gradient reaches it: as a buffer, or requires_grad=False.

    Hint: Which of the layer's tensors does an optimiser change? Print list(layer.parameters()).

    Same as: weight_does_not_train
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.register_buffer("weight", torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class parameters_are_buffers(nn.Module):
    """Conv2D: Holds weight and bias as buffers or with requires_grad=False, so that nothing learns.

    Hint: Which of the layer's tensors does an optimiser change? Print list(layer.parameters()).
    """

    def __init__(self, kernel_size):
        super().__init__()
        self.register_buffer("weight", torch.randn(kernel_size))
        self.register_buffer("bias", torch.zeros(1))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias


class layer_slides_input_over_weight(_Layer):
    """Conv2D: Passes weight and input in the wrong order: the input slides over the weight.

    Hint: Which argument of corr2d comes first, the input or the kernel?
    """

    def forward(self, x):
        return _corr2d(self.weight, x) + self.bias


class bias_multiplied(_Layer):
    """Conv2D: Multiplies by the bias, where it should be added.

    Hint: With a bias of 0, what should the layer answer, and what does yours?
    """

    def forward(self, x):
        return _corr2d(x, self.weight) * self.bias


class layer_pads_half_a_kernel(_Layer):
    """Conv2D: Surrounds the input with zeros before the kernel slides.

    Hint: Which size has the output for an image of 6×8 and a kernel of 1×2? And yours?
    """

    def forward(self, x):
        h, w = self.weight.shape
        return _corr2d(_padded(x, h // 2, w // 2), self.weight) + self.bias


class layer_pads_to_input_size(_Layer):
    """Conv2D: Surrounds the input with zeros before the kernel slides.

    Hint: Which size has the output for an image of 6×8 and a kernel of 1×2? And yours?

    Same as: layer_pads_half_a_kernel
    """

    def forward(self, x):
        return zero_padded_to_input_size(x, self.weight) + self.bias


class bias_with_two_axes(_Layer):
    """Conv2D: Gives the bias two axes, of shape (1, 1).

    Hint: Print bias.shape. What is the difference between torch.zeros(1) and torch.zeros(1, 1)?
    """

    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.bias = nn.Parameter(torch.zeros(1, 1))


class bias_at_first_place_only(_Layer):
    """Conv2D: Adds the bias to the first number of the output only.

    Hint: Set the bias to 100. How many numbers of the output change?
    """

    def forward(self, x):
        Y = _corr2d(x, self.weight).clone()
        Y[0, 0] = Y[0, 0] + self.bias[0]
        return Y


class layer_multiplies_matrices(_Layer):
    """Conv2D: Multiplies input and weight as matrices; nothing slides.

    Hint: How many different windows of the input does your layer look at?
    """

    def forward(self, x):
        return x @ self.weight + self.bias


class layer_transposes_weight(_Layer):
    """Conv2D: Transposes the weight before it slides.

    Hint: Which shape of output belongs to a weight of 1×3, and which do you get?
    """

    def forward(self, x):
        return _corr2d(x, self.weight.t()) + self.bias


class layer_takes_mean(_Layer):
    """Conv2D: Takes the mean of the products in a window, not their sum.

    Hint: Set all weights to 1 and the bias to 0. What is your output divided by?
    """

    def forward(self, x):
        return mean_of_products(x, self.weight) + self.bias


class bias_for_every_row(_Layer):
    """Conv2D: Makes the bias as long as the kernel is high.

    Hint: How many numbers does a layer with one output channel add? Count those in your bias.
    """

    def __init__(self, kernel_size):
        super().__init__(kernel_size)
        self.bias = nn.Parameter(torch.zeros(kernel_size[0]))

    def forward(self, x):
        return _corr2d(x, self.weight) + self.bias[0]


class parameters_in_a_list(nn.Module):
    """Conv2D: Keeps its parameters in a list, where they have no names of their own.

    Hint: Print layer.state_dict().keys() and compare with the task.

    Same as: parameters_under_other_names
    """

    def __init__(self, kernel_size):
        super().__init__()
        start = torch.randn(kernel_size), torch.zeros(1)
        self.parts = nn.ParameterList(map(nn.Parameter, start))

    def forward(self, x):
        return _corr2d(x, self.parts[0]) + self.parts[1]


class layer_adds_channel_axes(_Layer):
    """Conv2D: Gives the output two more axes, as a layer with channels has.

    Hint: Print the shape of your output for an image of 6×8. Which of its axes does the task name?
    """

    def forward(self, x):
        return (_corr2d(x, self.weight) + self.bias)[None, None]


# --- fit_kernel ----------------------------------------------------------------------------------


def _gradients(X, Y, weight, bias):
    """The loss before the update and its gradients, by hand."""
    error = _corr2d(X, weight) + bias - Y
    return (error**2).sum().item(), 2 * _corr2d(X, error), 2 * error.sum().reshape(1)


def _start(weight, bias, steps):
    if steps < 0:
        raise ValueError("steps must not be negative")
    return weight.detach().clone(), bias.detach().clone(), []


def fit_mean_squared_error(X, Y, weight, bias, lr, steps):
    """fit_kernel: Minimises the mean of the squared errors, not their sum.

    Hint: By which factor is your first loss too small? Count the outputs.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss / Y.numel())
        weight, bias = weight - lr * dweight / Y.numel(), bias - lr * dbias / Y.numel()
    return weight, bias, losses


def fit_forgets_factor_two(X, Y, weight, bias, lr, steps):
    """fit_kernel: Forgets the factor 2 in the derivative of a square.

    Hint: What is the derivative of e**2? Compare your gradient with autograd's.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight / 2, bias - lr * dbias / 2
    return weight, bias, losses


def fit_gradients_add_up(X, Y, weight, bias, lr, steps):
    """fit_kernel: Never empties .grad, so that each step uses the sum of all gradients so far.

    Hint: What does backward do to a .grad that is not empty?
    """
    weight, bias, losses = _start(weight, bias, steps)
    weight_sum, bias_sum = torch.zeros_like(weight), torch.zeros_like(bias)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight_sum, bias_sum = weight_sum + dweight, bias_sum + dbias
        weight, bias = weight - lr * weight_sum, bias - lr * bias_sum
    return weight, bias, losses


def fit_climbs(X, Y, weight, bias, lr, steps):
    """fit_kernel: Adds the gradient where it should be subtracted, and climbs.

    Hint: Print the losses. Which way do they go, and which way does a gradient point?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight + lr * dweight, bias + lr * dbias
    return weight, bias, losses


def fit_bias_stays(X, Y, weight, bias, lr, steps):
    """fit_kernel: Updates the weight alone; the bias stays where it was.

    Hint: Compare the bias you return with the one you were given.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, _ = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight = weight - lr * dweight
    return weight, bias, losses


def fit_bias_left_out_of_output(X, Y, weight, bias, lr, steps):
    """fit_kernel: Leaves the bias out of the output when it computes the error.

    Hint: What does the layer add to corr2d? Look for it in your error.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, _ = _gradients(X, Y, weight, torch.zeros_like(bias))
        losses.append(loss)
        weight = weight - lr * dweight
    return weight, bias, losses


def fit_bias_by_mean_error(X, Y, weight, bias, lr, steps):
    """fit_kernel: Takes the mean error for the bias's gradient, where the errors should be summed.

    Hint: At how many places does the bias enter the loss? What does each contribute?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias / Y.numel()
    return weight, bias, losses


def fit_one_after_the_other(X, Y, weight, bias, lr, steps):
    """fit_kernel: Moves the weight first and takes the bias's gradient at the new weight.

    Hint: At which weight and bias are the two gradients of one step taken?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, _ = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight = weight - lr * dweight
        bias = bias - lr * _gradients(X, Y, weight, bias)[2]
    return weight, bias, losses


def fit_loss_after_update(X, Y, weight, bias, lr, steps):
    """fit_kernel: Writes down the loss after each update, where the one before it is asked for.

    Hint: What is the loss of the weight and bias you were given? Is it in your list?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        _, dweight, dbias = _gradients(X, Y, weight, bias)
        weight, bias = weight - lr * dweight, bias - lr * dbias
        losses.append(_gradients(X, Y, weight, bias)[0])
    return weight, bias, losses


def fit_mean_loss_in_list(X, Y, weight, bias, lr, steps):
    """fit_kernel: Steps down the sum of squared errors and writes down their mean.

    Hint: Is the number that you write down the one that you take the gradient of?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss / Y.numel())
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_final_loss_too(X, Y, weight, bias, lr, steps):
    """fit_kernel: Writes down the loss after the last update as well, which is one too many.

    Hint: How long is your list after one step? And after none?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, [*losses, _gradients(X, Y, weight, bias)[0]]


def fit_one_step_too_few(X, Y, weight, bias, lr, steps):
    """fit_kernel: Writes down the last loss without making the update that belongs to it.

    Hint: Follow your loop for a single step: how often do weight and bias move?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for step in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        if step < steps - 1:
            weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_at_least_one_step(X, Y, weight, bias, lr, steps):
    """fit_kernel: Makes a step before it looks whether any is wanted.

    Hint: What should come back for no steps at all?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(max(1, steps)):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_moves_callers_tensors(X, Y, weight, bias, lr, steps):
    """fit_kernel: Updates the caller's weight and bias in place.

    Hint: Print the weight that you passed in, before and after the call.
    """
    _start(weight, bias, steps)
    losses = []
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight.detach(), bias.detach())
        losses.append(loss)
        weight.data -= lr * dweight
        bias.data -= lr * dbias
    return weight.detach(), bias.detach(), losses


def fit_clone_keeps_history(X, Y, weight, bias, lr, steps):
    """fit_kernel: Clones weight and bias without detaching them, so that they are no leaves.

    Hint: Which tensors get a .grad from backward? Start from a weight that requires grad.
    """
    _start(weight, bias, steps)
    weight, bias, losses = weight.clone().requires_grad_(), bias.clone().requires_grad_(), []
    for _ in range(steps):
        loss = ((_corr2d(X, weight) + bias - Y) ** 2).sum()
        losses.append(loss.item())
        loss.backward()
        with torch.no_grad():
            weight -= lr * weight.grad
            bias -= lr * bias.grad
            weight.grad, bias.grad = None, None
    return weight.detach(), bias.detach(), losses


def fit_float32(X, Y, weight, bias, lr, steps):
    """fit_kernel: Fits in float32, whatever was passed in.

    Hint: Print the dtype of the weight you return for float64 inputs.
    """
    weight, bias, losses = _start(weight.float(), bias.float(), steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X.float(), Y.float(), weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_takes_negative_steps(X, Y, weight, bias, lr, steps):
    """fit_kernel: Raises no ValueError for a negative number of steps.

    Hint: What does range(-1) do? What should your function say to it?
    """
    return _fit(X, Y, weight, bias, lr, max(0, steps))


def _fit(X, Y, weight, bias, lr, steps):
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_halves_loss(X, Y, weight, bias, lr, steps):
    """fit_kernel: Minimises half the sum of squared errors.

    Hint: By which factor is your first loss too small?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss / 2)
        weight, bias = weight - lr * dweight / 2, bias - lr * dbias / 2
    return weight, bias, losses


def fit_absolute_errors_in_list(X, Y, weight, bias, lr, steps):
    """fit_kernel: Writes down the sum of the absolute errors, not of the squared ones.

    Hint: Is the number that you write down the one that you take the gradient of?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        losses.append((_corr2d(X, weight) + bias - Y).abs().sum().item())
        _, dweight, dbias = _gradients(X, Y, weight, bias)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_with_momentum(X, Y, weight, bias, lr, steps):
    """fit_kernel: Adds momentum, which is not plain gradient descent.

    Hint: After the first step, does your update depend on anything but the present gradient?
    """
    weight, bias, losses = _start(weight, bias, steps)
    moving_weight, moving_bias = torch.zeros_like(weight), torch.zeros_like(bias)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        moving_weight = 0.9 * moving_weight + dweight
        moving_bias = 0.9 * moving_bias + dbias
        weight, bias = weight - lr * moving_weight, bias - lr * moving_bias
    return weight, bias, losses


def fit_with_adam(X, Y, weight, bias, lr, steps):
    """fit_kernel: Uses Adam, whose first step is about lr in every number, whatever the gradient.

    Hint: Divide your first update by lr. Is that the gradient?
    """
    weight, bias, losses = _start(weight, bias, steps)
    means = [torch.zeros_like(weight), torch.zeros_like(bias)]
    squares = [torch.zeros_like(weight), torch.zeros_like(bias)]
    for step in range(1, steps + 1):
        loss, *gradients = _gradients(X, Y, weight, bias)
        losses.append(loss)
        means = [0.9 * m + 0.1 * g for m, g in zip(means, gradients, strict=True)]
        squares = [0.999 * s + 0.001 * g**2 for s, g in zip(squares, gradients, strict=True)]
        dweight, dbias = (
            m / (1 - 0.9**step) / ((s / (1 - 0.999**step)).sqrt() + 1e-8)
            for m, s in zip(means, squares, strict=True)
        )
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_ten_steps(X, Y, weight, bias, lr, steps):
    """fit_kernel: Makes ten steps, as in the text, whatever number is asked for.

    Hint: Search your code for every place where steps is read.
    """
    _start(weight, bias, steps)
    return _fit(X, Y, weight, bias, lr, 10)


def fit_losses_first(X, Y, weight, bias, lr, steps):
    """fit_kernel: Gives back the losses before weight and bias.

    Hint: In which order does the task name the three results?
    """
    weight, bias, losses = _fit(X, Y, weight, bias, lr, steps)
    return losses, weight, bias


def fit_gives_no_losses(X, Y, weight, bias, lr, steps):
    """fit_kernel: Gives back weight and bias alone.

    Hint: How many results does the task ask for?
    """
    return _fit(X, Y, weight, bias, lr, steps)[:2]


def fit_refuses_no_steps(X, Y, weight, bias, lr, steps):
    """fit_kernel: Refuses to make no steps at all, which is allowed.

    Hint: Which numbers of steps are negative? Is yours?
    """
    if steps <= 0:
        raise ValueError("steps must not be negative")
    return _fit(X, Y, weight, bias, lr, steps)


def fit_stops_when_loss_is_small(X, Y, weight, bias, lr, steps):
    """fit_kernel: Stops as soon as the loss is small, before all steps are made.

    Hint: Start from the right weight and bias. How long is your list of losses?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        if loss < 1e-6:
            break
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_counts_on_requires_grad(X, Y, weight, bias, lr, steps):
    """fit_kernel: Counts on weight and bias requiring grad.

    Hint: Start from torch.zeros(2, 3), with nothing else said about it.
    """
    _start(weight, bias, steps)
    losses = []
    for _ in range(steps):
        loss = ((_corr2d(X, weight) + bias - Y) ** 2).sum()
        dweight, dbias = torch.autograd.grad(loss, (weight, bias))
        losses.append(loss.item())
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_bias_gradient_adds_up(X, Y, weight, bias, lr, steps):
    """fit_kernel: Empties the weight's .grad after each step, but not the bias's.

    Hint: How many tensors have a .grad in your loop, and how many of them do you empty?
    """
    weight, bias, losses = _start(weight, bias, steps)
    total = torch.zeros_like(bias)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        total = total + dbias
        weight, bias = weight - lr * dweight, bias - lr * total
    return weight, bias, losses


def fit_step_by_mean_gradient(X, Y, weight, bias, lr, steps):
    """fit_kernel: Divides the gradient of the sum by the number of outputs.

    Hint: Which loss does your step go down on, and which one is asked for?
    """
    return _fit(X, Y, weight, bias, lr / Y.numel(), steps)


def fit_root_of_loss(X, Y, weight, bias, lr, steps):
    """fit_kernel: Writes down the root of the sum of squares.

    Hint: Work out the first loss by hand for one wrong output. Is yours its square root?
    """
    weight, bias, losses = _fit(X, Y, weight, bias, lr, steps)
    return weight, bias, [loss**0.5 for loss in losses]


def fit_starts_from_zeros(X, Y, weight, bias, lr, steps):
    """fit_kernel: Starts from a kernel of zeros and not from the weight it is given.

    Hint: With steps=0, which weight should come back?
    """
    return _fit(X, Y, torch.zeros_like(weight), bias, lr, steps)


def fit_starts_from_nothing(X, Y, weight, bias, lr, steps):
    """fit_kernel: Starts from zeros and not from the weight and the bias it is given.

    Hint: With steps=0, which weight and which bias should come back?
    """
    return _fit(X, Y, torch.zeros_like(weight), torch.zeros_like(bias), lr, steps)


def fit_square_of_sum(X, Y, weight, bias, lr, steps):
    """fit_kernel: Squares the sum of the errors, so that errors of opposite sign cancel.

    Hint: What is your loss for the errors +1 and −1, and what should it be?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        error = (_corr2d(X, weight) + bias - Y).sum()
        losses.append((error**2).item())
        slope = 2 * error * _corr2d(X, torch.ones_like(Y))
        weight, bias = weight - lr * slope, bias - lr * 2 * error * Y.numel()
    return weight, bias, losses


def fit_absolute_errors(X, Y, weight, bias, lr, steps):
    """fit_kernel: Goes down on the sum of the absolute errors, not of their squares.

    Hint: Should an error twice as large pull twice as hard? Does it in your loop?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        error = _corr2d(X, weight) + bias - Y
        losses.append(error.abs().sum().item())
        sign = error.sign()
        weight, bias = weight - lr * _corr2d(X, sign), bias - lr * sign.sum()
    return weight, bias, losses


def fit_kernel_gradient_turned(X, Y, weight, bias, lr, steps):
    """fit_kernel: Turns the kernel's gradient by 180°.

    Hint: Which part of X has weight[0, 0] met? Is that where your gradient's [0, 0] comes from?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight.flip(0, 1), bias - lr * dbias
    return weight, bias, losses


def fit_convolves_with_error(X, Y, weight, bias, lr, steps):
    """fit_kernel: Takes the mathematical convolution of X with the errors for the gradient.

    Hint: In which order does weight[0, 0] meet the errors, from the first one or from the last?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        error = _corr2d(X, weight) + bias - Y
        losses.append((error**2).sum().item())
        slope = 2 * _corr2d(X, error.flip(0, 1))
        weight, bias = weight - lr * slope, bias - lr * 2 * error.sum()
    return weight, bias, losses


def fit_bias_learns_unused(X, Y, weight, bias, lr, steps):
    """fit_kernel: Leaves the bias out of the output when it computes the error.

    Hint: What does the layer add to corr2d? Look for it in your error.

    Same as: fit_bias_left_out_of_output
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, torch.zeros_like(bias))
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_one_round_fewer(X, Y, weight, bias, lr, steps):
    """fit_kernel: Goes round its loop once less than it should.

    Hint: How often does your loop run for steps=1?
    """
    weight, bias, _ = _start(weight, bias, steps)
    return _fit(X, Y, weight, bias, lr, max(steps - 1, 0))


def fit_one_round_more(X, Y, weight, bias, lr, steps):
    """fit_kernel: Goes round its loop once more than it should.

    Hint: How often does your loop run for steps=0?
    """
    weight, bias, _ = _start(weight, bias, steps)
    return _fit(X, Y, weight, bias, lr, steps + 1)


def fit_last_loss_only(X, Y, weight, bias, lr, steps):
    """fit_kernel: Gives back the last loss alone.

    Hint: How many losses should there be after ten steps?
    """
    weight, bias, losses = _fit(X, Y, weight, bias, lr, steps)
    return weight, bias, losses[-1:]


def fit_weight_stays(X, Y, weight, bias, lr, steps):
    """fit_kernel: Updates the bias alone; the weight stays where it was.

    Hint: Compare the weight you return with the one you were given.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, _, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        bias = bias - lr * dbias
    return weight, bias, losses


def fit_leaves_grad_behind(X, Y, weight, bias, lr, steps):
    """fit_kernel: Lets backward run on into the weight and bias of the caller, and fills their .grad.

    Hint: What cuts a copy off from the tensor that it was made from, clone() or detach()?
    """
    w, b, losses = _fit(X, Y, weight, bias, lr, steps)
    if steps and weight.requires_grad:
        ((_corr2d(X, weight) + bias - Y) ** 2).sum().backward()
    return w, b, losses


def fit_one_update_more(X, Y, weight, bias, lr, steps):
    """fit_kernel: Goes round its loop once more than it should.

    Hint: How often does your loop run for steps=0?

    Same as: fit_one_round_more
    """
    weight, bias, losses = fit_one_round_more(X, Y, weight, bias, lr, steps)
    return weight, bias, losses[:-1]


def fit_descends_root(X, Y, weight, bias, lr, steps):
    """fit_kernel: Minimises the root of the sum of squares, the norm of the errors.

    Hint: Work out the first loss by hand for one wrong output. Is yours its square root?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss**0.5)
        share = lr / (2 * max(losses[-1], 1e-300))
        weight, bias = weight - share * dweight, bias - share * dbias
    return weight, bias, losses


def fit_sums_errors(X, Y, weight, bias, lr, steps):
    """fit_kernel: Adds up the errors themselves and squares nothing, so that the loss has no floor.

    Hint: Can your loss be negative? What is it for the errors +1 and −1?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        losses.append((_corr2d(X, weight) + bias - Y).sum().item())
        weight, bias = weight - lr * _corr2d(X, torch.ones_like(Y)), bias - lr * Y.numel()
    return weight, bias, losses


def fit_bias_from_zero(X, Y, weight, bias, lr, steps):
    """fit_kernel: Starts from a bias of zero and not from the one it is given.

    Hint: With steps=0, which bias should come back?
    """
    return _fit(X, Y, weight, torch.zeros_like(bias), lr, steps)


def fit_turns_kernel(X, Y, weight, bias, lr, steps):
    """fit_kernel: Fits the mathematical convolution, so that the kernel comes out turned by 180°.

    Hint: Which of your two functions makes the output in your loop, and which one should?
    """
    w, b, losses = _fit(X, Y, weight.flip(0, 1), bias, lr, steps)
    return w.flip(0, 1), b, losses


def fit_bias_without_factor_two(X, Y, weight, bias, lr, steps):
    """fit_kernel: Forgets the factor 2 in the bias's gradient; the weight's is right.

    Hint: The error is squared for both. What is the derivative of e**2 by the bias?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias / 2
    return weight, bias, losses


def fit_shrinking_steps(X, Y, weight, bias, lr, steps):
    """fit_kernel: Lets the learning rate shrink from step to step.

    Hint: Print your learning rate in every step. What does the task say about it?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for step in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        rate = lr / (step + 1)
        weight, bias = weight - rate * dweight, bias - rate * dbias
    return weight, bias, losses


def fit_learning_rate_of_text(X, Y, weight, bias, lr, steps):
    """fit_kernel: Uses the learning rate 0.01 of the text, whatever is asked for.

    Hint: Search your code for every place where lr is read.
    """
    return _fit(X, Y, weight, bias, 0.01, steps)


def fit_first_gradient_only(X, Y, weight, bias, lr, steps):
    """fit_kernel: Takes the gradient once, before the loop, and uses it in all steps.

    Hint: The gradient belongs to one weight and bias. Where should it be computed anew?
    """
    weight, bias, losses = _start(weight, bias, steps)
    _, dweight, dbias = _gradients(X, Y, weight, bias)
    for _ in range(steps):
        losses.append(_gradients(X, Y, weight, bias)[0])
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_stops_when_loss_rises(X, Y, weight, bias, lr, steps):
    """fit_kernel: Stops as soon as the loss rises, before all steps are made.

    Hint: What does the text say about a learning rate that is too large? Try one.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        if losses and loss > losses[-1]:
            break
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
    return weight, bias, losses


def fit_gives_best_seen(X, Y, weight, bias, lr, steps):
    """fit_kernel: Gives back the weight and bias with the smallest loss, not the last ones.

    Hint: What does the text say about a learning rate that is too large? Try one.
    """
    weight, bias, losses = _start(weight, bias, steps)
    seen = [(_gradients(X, Y, weight, bias)[0], weight, bias)]
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias - lr * dbias
        seen.append((_gradients(X, Y, weight, bias)[0], weight, bias))
    _, weight, bias = min(seen, key=lambda item: item[0])
    return weight, bias, losses


def fit_goes_on_with_no_leaf(X, Y, weight, bias, lr, steps):
    """fit_kernel: Goes on with the result of a calculation, whose .grad backward does not fill.

    Hint: Print weight.is_leaf before the first step and before the second.
    """
    weight, bias, losses = _start(weight, bias, steps)
    weight, bias = weight.requires_grad_(), bias.requires_grad_()
    for _ in range(steps):
        loss = ((_corr2d(X, weight) + bias - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        weight, bias = weight - lr * weight.grad, bias - lr * bias.grad
    return weight.detach(), bias.detach(), losses


def fit_moves_leaf_on_record(X, Y, weight, bias, lr, steps):
    """fit_kernel: Changes weight and bias in place while autograd is recording, which it refuses.

    Hint: Should the update itself be part of what is differentiated? What switches recording off?
    """
    weight, bias, losses = _start(weight, bias, steps)
    weight, bias = weight.requires_grad_(), bias.requires_grad_()
    for _ in range(steps):
        loss = ((_corr2d(X, weight) + bias - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        weight -= lr * weight.grad
        bias -= lr * bias.grad
        weight.grad, bias.grad = None, None
    return weight.detach(), bias.detach(), losses


def fit_steps_of_one_length(X, Y, weight, bias, lr, steps):
    """fit_kernel: Scales the gradient to length 1, so that all steps are lr long.

    Hint: Should a step become shorter near the goal? Print the lengths of yours.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        share = lr / max(float((dweight**2).sum() + (dbias**2).sum()) ** 0.5, 1e-12)
        weight, bias = weight - share * dweight, bias - share * dbias
    return weight, bias, losses


def fit_bias_without_axis(X, Y, weight, bias, lr, steps):
    """fit_kernel: Gives the bias back as a single number without an axis, of shape ().

    Hint: Print the shape of the bias that you get and of the one you return.
    """
    weight, bias, losses = _fit(X, Y, weight, bias, lr, steps)
    return weight, bias[0], losses


def fit_gives_start(X, Y, weight, bias, lr, steps):
    """fit_kernel: Gives back the weight and bias it was given, not those it has fitted.

    Hint: Compare the weight that you return with the one you were given.
    """
    return weight, bias, _fit(X, Y, weight, bias, lr, steps)[2]


def fit_ignores_learning_rate(X, Y, weight, bias, lr, steps):
    """fit_kernel: Subtracts the whole gradient; the learning rate is not used.

    Hint: Search your code for every place where lr is read.
    """
    return _fit(X, Y, weight, bias, 1.0, steps)


def fit_error_times_output(X, Y, weight, bias, lr, steps):
    """fit_kernel: Forgets the inner derivative: sums the errors, and does not weight them with X.

    Hint: How much does an output change when weight[0, 0] does? What stands at that place of X?
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, _, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dbias, bias - lr * dbias
    return weight, bias, losses


def fit_never_moves(X, Y, weight, bias, lr, steps):
    """fit_kernel: Moves neither weight nor bias: the update is missing, or .grad is empty by then.

    Hint: Print weight and .grad just before and just after your update.
    """
    return _fit(X, Y, weight, bias, 0.0, steps)


def fit_moves_and_leaves_grad(X, Y, weight, bias, lr, steps):
    """fit_kernel: Updates the caller's weight and bias in place.

    Hint: Print the weight that you passed in, before and after the call.

    Same as: fit_moves_callers_tensors
    """
    _start(weight, bias, steps)
    weight.requires_grad_()
    bias.requires_grad_()
    losses = []
    for _ in range(steps):
        loss = ((_corr2d(X, weight) + bias - Y) ** 2).sum()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            weight -= lr * weight.grad
            bias -= lr * bias.grad
            weight.grad.zero_()
            bias.grad.zero_()
    return weight, bias, losses


def fit_returns_in_loop(X, Y, weight, bias, lr, steps):
    """fit_kernel: Returns from within the loop, after the first step.

    Hint: How far is the line with return indented?
    """
    return _fit(X, Y, weight, bias, lr, min(1, steps))


def fit_bias_first(X, Y, weight, bias, lr, steps):
    """fit_kernel: Moves the bias first and takes the weight's gradient at the new bias.

    Hint: At which weight and bias are the two gradients of one step taken?

    Same as: fit_one_after_the_other
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, _, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        bias = bias - lr * dbias
        weight = weight - lr * _gradients(X, Y, weight, bias)[1]
    return weight, bias, losses


def fit_bias_climbs(X, Y, weight, bias, lr, steps):
    """fit_kernel: Adds the bias's gradient where it should be subtracted; the weight is right.

    Hint: Which way does a gradient point? Compare the two lines of your update.
    """
    weight, bias, losses = _start(weight, bias, steps)
    for _ in range(steps):
        loss, dweight, dbias = _gradients(X, Y, weight, bias)
        losses.append(loss)
        weight, bias = weight - lr * dweight, bias + lr * dbias
    return weight, bias, losses
