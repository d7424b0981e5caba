"""Wrong programs for assignment 01, as students write them."""

import torch


def _outputs(a):
    return 2 * (a**2 + a.flip(1))


def _leaf(a):
    return a.detach().clone().requires_grad_()


def _forward_difference(a, v, step):
    parts = []
    for j in range(2):
        moved = a.clone()
        moved[0, j] += step
        parts.append((v * (_outputs(moved) - _outputs(a))).sum() / step)
    return torch.stack(parts)[None]


# --- vjp -----------------------------------------------------------------------------------------


def vjp_ignores_weights(a, v):
    """vjp: Takes the gradient of the plain sum of the outputs; the weights v are not used.

    Hint: What should happen to the result when you double v?
    """
    x = _leaf(a)
    _outputs(x).sum().backward()
    return x.grad


def vjp_weights_afterwards(a, v):
    """vjp: Lets each entry of v count for the input at its own place alone, and not for the other.

    Hint: v has one entry for each output, and a0 acts on both outputs. Which entries of v should
    then have a say in the gradient by a0?
    """
    x = _leaf(a)
    _outputs(x).sum().backward()
    return v * x.grad


def vjp_weights_twice(a, v):
    """vjp: Uses v in the sum and once more, in backward or after it, so that it counts twice.

    Hint: Follow one entry of v through your code: how many times is something multiplied by it?
    """
    x = _leaf(a)
    (v * _outputs(x)).backward(v)
    return x.grad


def vjp_weights_swapped(a, v):
    """vjp: Pairs each weight with the other output.

    Hint: With v = [1, 0], which output does your code look at?
    """
    x = _leaf(a)
    _outputs(x).backward(v.flip(1))
    return x.grad


def vjp_factor_two_lost(a, v):
    """vjp: Loses a factor of 2: differentiates b for out, the mean for the sum, or half of it.

    Hint: Your result is half of what it should be. Follow the factors from b to the number that you
    differentiate.
    """
    x = _leaf(a)
    b = x**2 + x.flip(1)
    b.backward(v)
    return x.grad


def vjp_of_mean(a, v):
    """vjp: Loses a factor of 2: differentiates b for out, the mean for the sum, or half of it.

    Hint: Your result is half of what it should be. Follow the factors from b to the number that you
    differentiate.

    Same as: vjp_factor_two_lost
    """
    x = _leaf(a)
    (v * _outputs(x)).mean().backward()
    return x.grad


def vjp_own_square_only(a, v):
    """vjp: Sees that each output depends on its own input and misses the other input.

    Hint: Count the inputs that occur in each output: through how many paths does a0 act?
    """
    return 4 * a.detach() * v


def vjp_adds_own_input(a, v):
    """vjp: Lets each entry of v count for the input at its own place alone, and not for the other.

    Hint: v has one entry for each output, and a0 acts on both outputs. Which entries of v should
    then have a say in the gradient by a0?

    Same as: vjp_weights_afterwards
    """
    x = _leaf(a)
    out = 2 * (x**2 + x)
    out.backward(v)
    return x.grad


def vjp_square_without_factor(a, v):
    """vjp: Takes the derivative of a square to be the number itself.

    Hint: What is the slope of x**2 at x = 3? Compare with the difference of 3.01**2 and 3**2.
    """
    a = a.detach()
    return 2 * (a * v + v.flip(1))


def vjp_weighted_outputs(a, v):
    """vjp: Gives back the weighted outputs themselves, not their gradient.

    Hint: Which line of your code says what to differentiate by?
    """
    return v * _outputs(a.detach())


def vjp_reads_changed_input(a, v):
    """vjp: Computes the second output from an a0 that has been replaced by b0 already.

    Hint: Which value of a0 belongs into b1: the one from before, or from after your first line?
    """
    x = _leaf(a)
    b0 = x[:, 0] ** 2 + x[:, 1]
    b1 = x[:, 1] ** 2 + b0
    (2 * torch.stack([b0, b1], 1)).backward(v)
    return x.grad


def vjp_float32(a, v):
    """vjp: Makes new tensors of Python numbers, which are float32 whatever the input was.

    Hint: Print the dtype of each tensor that you create. Which of them know the dtype of `a`?
    """
    x = torch.tensor(a.tolist(), requires_grad=True)
    _outputs(x).backward(torch.tensor(v.tolist()))
    return x.grad


def vjp_forward_difference(a, v):
    """vjp: Takes a difference over a small step for the derivative, which is only near it.

    Hint: Halve your step and look at the last digits of the result. What should they do?
    """
    return _forward_difference(a.detach(), v, 1e-3)


def vjp_drops_first_axis(a, v):
    """vjp: Gives a flat result of shape (2,).

    Hint: A gradient has the shape of what it is taken by. What shape has `a`?
    """
    x = _leaf(a)
    _outputs(x).backward(v)
    return x.grad[0]


def vjp_returns_tuple(a, v):
    """vjp: Gives back all that torch.autograd.grad returns, which is a tuple.

    Hint: torch.autograd.grad answers for a list of inputs. What does it wrap its answers in?
    """
    x = _leaf(a)
    return torch.autograd.grad(_outputs(x), x, v)


def vjp_backward_on_callers_tensor(a, v):
    """vjp: Calls backward on the caller's `a`, so that the gradient is added to the caller's .grad.

    Hint: Whose .grad does your result come from, and what was in it before the call?
    """
    if not a.requires_grad:
        a.requires_grad_()
    _outputs(a).backward(v)
    return a.grad


def vjp_clears_callers_grad(a, v):
    """vjp: Empties the .grad of the caller's `a`, which may hold a gradient that is still needed.

    Hint: The caller may have put something into a.grad before. Is it still there afterwards?
    """
    x = a if a.requires_grad else _leaf(a)
    x.grad = None
    _outputs(x).backward(v)
    gradient, x.grad = x.grad, None
    return gradient


def vjp_needs_leaf(a, v):
    """vjp: Counts on the caller's `a` requiring grad.

    Hint: Try your function on torch.tensor([[2.0, 4.0]]), with nothing else said about it.
    """
    (gradient,) = torch.autograd.grad(_outputs(a), a, v)
    return gradient


def vjp_clone_keeps_history(a, v):
    """vjp: Clones `a` without detaching it, so that the clone still belongs to the caller's graph.

    Hint: Which tensors get a .grad from backward? Print x.is_leaf for an `a` that requires grad.
    """
    x = a.clone().requires_grad_()
    _outputs(x).backward(v)
    return x.grad


def vjp_factor_two_twice(a, v):
    """vjp: Gives twice the gradient: by one factor of 2 too many, or by two passes that add up.

    Hint: Your result is twice what it should be. Follow the factors from b to the number that you
    differentiate. How often does backward run?
    """
    return 2 * (4 * a.detach() * v + 2 * v.flip(1))


def vjp_wrong_sign(a, v):
    """vjp: Gives the negative gradient, as if a step downhill were asked for.

    Hint: If a0 grows a little from 2, do the outputs grow or shrink? What does your sign say?
    """
    return -(4 * a.detach() * v + 2 * v.flip(1))


def vjp_gives_column(a, v):
    """vjp: Gives the result as a column of shape (2, 1).

    Hint: A gradient has the shape of what it is taken by. What shape has `a`?
    """
    return (4 * a.detach() * v + 2 * v.flip(1)).T


def vjp_cubes(a, v):
    """vjp: Takes the third power where the formula has the second.

    Hint: Put a = [[2, 4]] into the formula of b with pencil and paper. Does your b agree?
    """
    x = _leaf(a)
    (2 * (x**3 + x.flip(1))).backward(v)
    return x.grad


def vjp_doubles_for_square(a, v):
    """vjp: Multiplies by 2 where the formula of b has a square.

    Hint: Put a = [[3, 5]] into the formula of b with pencil and paper. Does your b agree?
    """
    x = _leaf(a)
    (2 * (x * 2 + x.flip(1))).backward(v)
    return x.grad


def vjp_rounds_to_float32(a, v):
    """vjp: Computes in float32 and turns only the finished result to the input's dtype.

    Hint: Which digits does a number lose on the way to float32? Do they come back?
    """
    x = _leaf(a.float())
    _outputs(x).backward(v.float())
    return x.grad.to(a.dtype)


def vjp_differentiates_weights(a, v):
    """vjp: Differentiates with respect to v, where the gradient with respect to a is asked for.

    Hint: Which variable is held fixed in your derivative? Does your result depend on v at all?
    """
    return _outputs(a.detach())


def vjp_two_for_squares_only(a, v):
    """vjp: Doubles the squares only; the linear terms of b have the factor 2 in out as well.

    Hint: Write out 2 · (a0² + a1). How many of its terms did the 2 reach?
    """
    x = _leaf(a)
    (2 * x**2 + x.flip(1)).backward(v)
    return x.grad


def vjp_two_for_first_output_only(a, v):
    """vjp: Multiplies the first output by 2 and leaves the second as it is.

    Hint: out = 2 · b. How many entries does b have?
    """
    x = _leaf(a)
    (_outputs(x) * x.new_tensor([[1.0, 0.5]])).backward(v)
    return x.grad


def vjp_backward_on_leaf_lent(a, v):
    """vjp: Calls backward on the caller's `a`, so that the gradient is added to the caller's .grad.

    Hint: Whose .grad does your result come from, and what was in it before the call?

    Same as: vjp_backward_on_callers_tensor
    """
    x = a if a.requires_grad else _leaf(a)
    _outputs(x).backward(v)
    return x.grad


def vjp_zeroes_callers_grad(a, v):
    """vjp: Empties the .grad of the caller's `a`, which may hold a gradient that is still needed.

    Hint: The caller may have put something into a.grad before. Is it still there afterwards?

    Same as: vjp_clears_callers_grad
    """
    a.requires_grad_()
    if a.grad is not None:
        a.grad.zero_()
    _outputs(a).backward(v)
    return a.grad.clone()


def vjp_empties_leaf_lent(a, v):
    """vjp: Empties the .grad of the caller's `a`, which may hold a gradient that is still needed.

    Hint: The caller may have put something into a.grad before. Is it still there afterwards?

    Same as: vjp_clears_callers_grad
    """
    x = a if a.requires_grad else _leaf(a)
    x.grad = None
    _outputs(x).backward(v)
    return x.grad


def vjp_stops_at_b(a, v):
    """vjp: Stops at b: gives the gradient of the weighted sum with respect to b, not to a.

    Hint: Does your result change when `a` changes? Which step from b back to a is missing?
    """
    return 2 * v


def vjp_first_output_only(a, v):
    """vjp: Differentiates the first output alone and leaves the second one out.

    Hint: With v = [0, 1], what should your function give, and what does it give?
    """
    x = _leaf(a)
    (v[0, 0] * _outputs(x)[0, 0]).backward()
    return x.grad


def vjp_sums_weights(a, v):
    """vjp: Adds the weights up first, so that every output gets the sum of them.

    Hint: With v = [1, -1], do the outputs cancel? Which weight belongs to out0?
    """
    x = _leaf(a)
    (v.sum() * _outputs(x).sum()).backward()
    return x.grad


def vjp_first_weight_for_all(a, v):
    """vjp: Uses the first weight for both outputs.

    Hint: Change the second entry of v. Does your result follow?
    """
    x = _leaf(a)
    (v[0, 0] * _outputs(x).sum()).backward()
    return x.grad


def vjp_swaps_point_and_weights(a, v):
    """vjp: Exchanges a and v: differentiates at the point v, with a for the weights.

    Hint: At which point is the slope asked for? What is the other argument for?
    """
    x = _leaf(v)
    _outputs(x).backward(a.detach())
    return x.grad


def vjp_unit_weights(a, v):
    """vjp: Scales v to length 1 first, as if it were only a direction.

    Hint: What should happen to the result when you double v?
    """
    x = _leaf(a)
    _outputs(x).backward(v / v.norm())
    return x.grad


def vjp_mean_weights(a, v):
    """vjp: Divides by the sum of the weights, which makes a weighted mean.

    Hint: What should happen to the result when you double v?
    """
    x = _leaf(a)
    ((v * _outputs(x)).sum() / v.sum()).backward()
    return x.grad


def vjp_weighted_table(a, v):
    """vjp: Gives a table of 2 by 2 numbers: v and the slopes are multiplied, but not summed up.

    Hint: A gradient has the shape of what it is taken by. Over what does the formula sum?
    """
    a = a.detach()
    return v.T * (4 * torch.diag(a[0]) + 2 * torch.eye(2, dtype=a.dtype).flip(0))


def vjp_weighted_columns(a, v):
    """vjp: Gives a table of 2 by 2 numbers: v and the slopes are multiplied, but not summed up.

    Hint: A gradient has the shape of what it is taken by. Over what does the formula sum?

    Same as: vjp_weighted_table
    """
    a = a.detach()
    return v * (4 * torch.diag(a[0]) + 2 * torch.eye(2, dtype=a.dtype).flip(0))


def vjp_outer_product(a, v):
    """vjp: Gives a table of 2 by 2 numbers: v and the slopes are multiplied, but not summed up.

    Hint: A gradient has the shape of what it is taken by. Over what does the formula sum?

    Same as: vjp_weighted_table
    """
    return v.T @ (4 * a.detach() + 2)


def vjp_gives_jacobian(a, v):
    """vjp: Gives the whole Jacobian and does not use v.

    Hint: How many numbers are in v J, and how many are in your result?
    """
    a = a.detach()
    return 4 * torch.diag(a[0]) + 2 * torch.eye(2, dtype=a.dtype).flip(0)


def vjp_wide_forward_difference(a, v):
    """vjp: Takes a difference over a small step for the derivative, which is only near it.

    Hint: Halve your step and look at the last digits of the result. What should they do?

    Same as: vjp_forward_difference
    """
    return _forward_difference(a.detach(), v, 1e-2)


def vjp_gives_zeros(a, v):
    """vjp: Cuts the record between a and out, so that no gradient arrives and zeros come back.

    Hint: Follow grad_fn from your out backwards. Does it lead to the tensor whose .grad you read?
    """
    return torch.zeros_like(a)


def vjp_gives_none(a, v):
    """vjp: Gives None: the .grad of a tensor that the backward pass does not reach.

    Hint: Follow grad_fn from your out backwards. Does it lead to the tensor whose .grad you read?
    """
    out = _outputs(_leaf(a)).detach().requires_grad_()
    out.backward(v)


def vjp_without_requires_grad(a, v):
    """vjp: Records nothing: its leaf does not require grad, or no_grad is on.

    Hint: Print x.requires_grad of the tensor that you differentiate by, and grad_fn of the output.
    """
    x = a.detach().clone()
    _outputs(x).backward(v)
    return x.grad


def vjp_backward_without_weights(a, v):
    """vjp: Calls backward on both outputs at once and does not say how much each counts.

    Hint: What does backward ask for where the output is not a single number? What is v?
    """
    x = _leaf(a)
    _outputs(x).backward()
    return x.grad


def vjp_adds_up_gradient(a, v):
    """vjp: Adds the two parts of the gradient up to one number.

    Hint: A gradient has the shape of what it is taken by. What shape has `a`?
    """
    return (4 * a.detach() * v + 2 * v.flip(1)).sum()


def vjp_adds_up_gradient_in_row(a, v):
    """vjp: Adds the two parts of the gradient up to one number.

    Hint: A gradient has the shape of what it is taken by. What shape has `a`?

    Same as: vjp_adds_up_gradient
    """
    return (4 * a.detach() * v + 2 * v.flip(1)).sum(1, keepdim=True)


def vjp_gives_weighted_sum(a, v):
    """vjp: Gives the weighted sum of the outputs itself, and not its gradient.

    Hint: Which line of your code says what to differentiate by?
    """
    return (v * _outputs(a.detach())).sum()


def vjp_weights_in_sum_and_after(a, v):
    """vjp: Uses v in the sum and multiplies the gradient by it again, so that it counts twice.

    Hint: Follow one entry of v through your code: how many times is something multiplied by it?

    Same as: vjp_weights_twice
    """
    return v * (4 * a.detach() * v + 2 * v.flip(1))


def vjp_adds_weights(a, v):
    """vjp: Adds v to the gradient of the sum, where the outputs should be multiplied by it.

    Hint: With v = [0, 0], what should the gradient be, and what is yours?
    """
    return 4 * a.detach() + 2 + v


def vjp_linear_terms_unweighted(a, v):
    """vjp: Multiplies the slopes of the squares by v, but not those of the linear terms.

    Hint: With v = [0, 0], what should the gradient be, and what is yours?
    """
    return 4 * a.detach() * v + 2


# --- jacobian ------------------------------------------------------------------------------------


def _jacobian(function, a):
    x = _leaf(a)
    picks = torch.eye(2, dtype=a.dtype).split(1)
    return torch.cat([torch.autograd.grad(function(x), x, v)[0] for v in picks])


def jacobian_diagonal_only(a):
    """jacobian: Differentiates each output by its own input only and leaves zeros elsewhere.

    Hint: Does out0 change when a1 moves? Try two values of a1 and look.
    """
    return torch.diag(4 * a.detach()[0])


def jacobian_of_b(a):
    """jacobian: Loses a factor of 2: differentiates b in place of out, or a mean in place of a sum.

    Hint: Your table is half of what it should be. Follow the factors from b to the number that you
    differentiate.
    """
    return _jacobian(lambda x: x**2 + x.flip(1), a)


def jacobian_adds_own_input(a):
    """jacobian: Lays all slopes on the diagonal: adds each input to its own square, or sums the rows.

    Hint: Does out0 change when a1 moves? Which entry of the table says how much?
    """
    return _jacobian(lambda x: 2 * (x**2 + x), a)


def jacobian_square_without_factor(a):
    """jacobian: Takes the derivative of a square to be the number itself.

    Hint: What is the slope of x**2 at x = 3? Compare with the difference of 3.01**2 and 3**2.
    """
    a0, a1 = a.detach()[0]
    one = torch.ones_like(a0)
    return 2 * torch.stack([torch.stack([a0, one]), torch.stack([one, a1])])


def jacobian_reads_changed_input(a):
    """jacobian: Computes the second output from an a0 that has been replaced by b0 already.

    Hint: Which value of a0 belongs into b1: the one from before, or from after your first line?
    """

    def outputs(x):
        b0 = x[:, 0] ** 2 + x[:, 1]
        b1 = x[:, 1] ** 2 + b0
        return 2 * torch.stack([b0, b1], 1)

    return _jacobian(outputs, a)


def jacobian_adds_up_rows(a):
    """jacobian: Leaves the first row in .grad, where backward adds the second one to it.

    Hint: What does .grad hold just before your second backward pass, and what should it hold?
    """
    x = _leaf(a)
    rows = []
    for i in range(2):
        _outputs(x)[0, i].backward()
        rows.append(x.grad[0].clone())
    return torch.stack(rows)


def jacobian_rows_share_memory(a):
    """jacobian: Has the last output's gradient in every row: it keeps .grad itself, say.

    Hint: Does your row 0 change later on? Print it inside the loop and after the loop.
    """
    x = _leaf(a)
    x.grad = torch.zeros_like(x)
    rows = []
    for i in range(2):
        x.grad.zero_()
        _outputs(x)[0, i].backward()
        rows.append(x.grad)
    return torch.cat(rows)


def jacobian_sum_in_every_row(a):
    """jacobian: Gives the gradient of the sum of the outputs in every row, not that of one output each.

    Hint: How does out1 come into your row 0? Look for a v of ones, or for a .grad that goes on
    adding up.
    """
    x = _leaf(a)
    rows = [torch.autograd.grad(_outputs(x), x, torch.ones_like(x))[0] for _ in range(2)]
    return torch.cat(rows)


def jacobian_single_row(a):
    """jacobian: Gives one row for all outputs together: the gradient of their sum.

    Hint: How many numbers are in the table of all outputs by all inputs, and how many in yours?
    """
    x = _leaf(a)
    _outputs(x).sum().backward()
    return x.grad


def jacobian_rows_reversed(a):
    """jacobian: Puts the row of the last output first.

    Hint: Which output does your row 0 belong to?
    """
    return _jacobian(_outputs, a).flip(0)


def jacobian_columns_reversed(a):
    """jacobian: Puts the derivative by the last input into the first column.

    Hint: Which input does your column 0 belong to?
    """
    return _jacobian(_outputs, a).flip(1)


def jacobian_keeps_batch_axes(a):
    """jacobian: Keeps the axes of length 1 of input and output, so that the result has four axes.

    Hint: Print the shape of your result. Which of its axes tell nothing apart?
    """
    return _jacobian(_outputs, a).reshape(1, 2, 1, 2)


def jacobian_stacks_whole_rows(a):
    """jacobian: Stacks rows of shape (1, 2), which makes one axis too many.

    Hint: What is the difference between torch.stack and torch.cat on two tensors of shape (1, 2)?
    """
    return _jacobian(_outputs, a)[:, None]


def jacobian_float32(a):
    """jacobian: Fills a new table of zeros, which is float32 whatever the input was.

    Hint: What is the dtype of torch.zeros(2, 2)? How can a new tensor take it from `a`?
    """
    J = torch.zeros(2, 2)
    x = _leaf(a)
    for i in range(2):
        J[i] = torch.autograd.grad(_outputs(x)[0, i], x)[0][0]
    return J


def jacobian_forward_difference(a):
    """jacobian: Takes a difference over a small step for the derivative, which is only near it.

    Hint: Halve your step and look at the last digits of the result. What should they do?
    """
    a, step = a.detach(), 1e-3
    columns = []
    for j in range(2):
        moved = a.clone()
        moved[0, j] += step
        columns.append((_outputs(moved) - _outputs(a))[0] / step)
    return torch.stack(columns, 1)


def jacobian_backward_on_callers_tensor(a):
    """jacobian: Calls backward on the caller's `a`, which changes the caller's .grad.

    Hint: Whose .grad do your rows come from, and what is in it when your function has ended?
    """
    if not a.requires_grad:
        a.requires_grad_()
    rows = []
    for i in range(2):
        before = torch.zeros_like(a) if a.grad is None else a.grad.clone()
        _outputs(a)[0, i].backward()
        rows.append(a.grad - before)
    return torch.cat(rows)


def jacobian_clears_callers_grad(a):
    """jacobian: Empties the .grad of the caller's `a`, which may hold a gradient still needed.

    Hint: The caller may have put something into a.grad before. Is it still there afterwards?
    """
    x = a if a.requires_grad else _leaf(a)
    rows = []
    for i in range(2):
        x.grad = None
        _outputs(x)[0, i].backward()
        rows.append(x.grad)
    x.grad = None
    return torch.cat(rows)


def jacobian_needs_leaf(a):
    """jacobian: Counts on the caller's `a` requiring grad.

    Hint: Try your function on torch.tensor([[2.0, 4.0]]), with nothing else said about it.
    """
    out = _outputs(a)
    rows = [torch.autograd.grad(out[0, i], a, retain_graph=True)[0] for i in range(2)]
    return torch.cat(rows)


def jacobian_frees_graph(a):
    """jacobian: Walks the same record backwards twice, though the first pass has thrown it away.

    Hint: After one backward pass the record is gone. How can it be kept, or made anew?
    """
    x = _leaf(a)
    out = _outputs(x)
    return torch.cat([torch.autograd.grad(out[0, i], x)[0] for i in range(2)])


def jacobian_gives_flat_table(a):
    """jacobian: Gives the four numbers in a row, without rows and columns.

    Hint: What shape should the table have, and what shape is yours?
    """
    return _jacobian(_outputs, a).flatten()


def jacobian_off_diagonal_one(a):
    """jacobian: Doubles the squares only; the other summand keeps its slope of 1.

    Hint: out is 2·(a0² + a1): what does the bracket do to the slope by a1?
    """
    return _jacobian(lambda x: 2 * x**2 + x.flip(1), a)


def jacobian_first_row_for_all(a):
    """jacobian: Uses a0 in both rows, where the second output has the square of a1.

    Hint: Which entries of the table change when a1 changes? Try it with your function.
    """
    return _jacobian(_outputs, a[:, :1].detach().expand(1, 2))


def jacobian_first_output_only(a):
    """jacobian: Gives the gradient of the first output and leaves out the second.

    Hint: How many outputs are there, and how many of them have a row in your result?
    """
    return _jacobian(_outputs, a)[:1]


def jacobian_only_slopes_of_squares(a):
    """jacobian: Gives one slope for each input, of its own square, and no table.

    Hint: How many pairs of an output and an input are there?
    """
    return 4 * a.detach()


def jacobian_clone_keeps_history(a):
    """jacobian: Clones `a` without detaching it, so that the clone belongs to the caller's graph.

    Hint: Which tensors get a .grad from backward? Print x.is_leaf for an `a` that requires grad.
    """
    x = a.clone().requires_grad_()
    rows = []
    for i in range(2):
        x.grad = None
        _outputs(x)[0, i].backward()
        rows.append(x.grad)
    return torch.cat(rows)


def jacobian_gives_list(a):
    """jacobian: Gives a list of rows and no tensor.

    Hint: What makes one tensor of several tensors of the same shape?
    """
    return list(_jacobian(_outputs, a))


def jacobian_first_output_in_every_row(a):
    """jacobian: Gives the gradient of the first output in both rows.

    Hint: Which output does each turn of your loop differentiate?
    """
    return _jacobian(_outputs, a)[:1].repeat(2, 1)


def jacobian_second_derivatives(a):
    """jacobian: Differentiates twice, so that a itself is gone from the result.

    Hint: The derivative of a² depends on a. Does your table?
    """
    return 4 * torch.eye(2, dtype=a.dtype)


def jacobian_backward_on_leaf_lent(a):
    """jacobian: Calls backward on the caller's `a`, which changes the caller's .grad.

    Hint: Whose .grad do your rows come from, and what is in it when your function has ended?

    Same as: jacobian_backward_on_callers_tensor
    """
    x = a if a.requires_grad else _leaf(a)
    rows = []
    for i in range(2):
        before = torch.zeros_like(x) if x.grad is None else x.grad.clone()
        _outputs(x)[0, i].backward()
        rows.append(x.grad - before)
    return torch.cat(rows)


def jacobian_leaves_last_row(a):
    """jacobian: Calls backward on the caller's `a`, which changes the caller's .grad.

    Hint: Whose .grad do your rows come from, and what is in it when your function has ended?

    Same as: jacobian_backward_on_callers_tensor
    """
    x = a if a.requires_grad else _leaf(a)
    rows = []
    for i in range(2):
        x.grad = None
        _outputs(x)[0, i].backward()
        rows.append(x.grad.clone())
    return torch.cat(rows)


def jacobian_zeroes_callers_grad(a):
    """jacobian: Calls backward on the caller's `a`, which changes the caller's .grad.

    Hint: Whose .grad do your rows come from, and what is in it when your function has ended?

    Same as: jacobian_backward_on_callers_tensor
    """
    a.requires_grad_()
    rows = []
    for i in range(2):
        if a.grad is not None:
            a.grad.zero_()
        _outputs(a)[0, i].backward()
        rows.append(a.grad.clone())
    return torch.cat(rows)


def jacobian_of_the_example(a):
    """jacobian: Gives the numbers of the example, whatever `a` is.

    Hint: Call your function with two different inputs. Should the tables be the same?
    """
    return torch.tensor([[8, 2], [2, 16]], dtype=a.dtype)


def jacobian_diagonal_reversed(a):
    """jacobian: Exchanges the squares: the slope by a1 of its own square stands where a0's should.

    Hint: Which entries of the table change when a0 changes? Try it with your function.
    """
    J = _jacobian(_outputs, a)
    return J.flip(0, 1)


def jacobian_without_requires_grad(a):
    """jacobian: Records nothing: its leaf does not require grad, or no_grad is on.

    Hint: Print x.requires_grad of the tensor that you differentiate by, and grad_fn of the output.
    """
    x = a.detach().clone()
    _outputs(x)[0, 0].backward()
    return x.grad


def jacobian_backward_without_pick(a):
    """jacobian: Calls backward on both outputs at once and does not say which of them is meant.

    Hint: What does backward ask for where the output is not a single number?
    """
    x = _leaf(a)
    _outputs(x).backward()
    return x.grad


def jacobian_second_output_in_every_row(a):
    """jacobian: Has the last output's gradient in every row: it keeps .grad itself, say.

    Hint: Does your row 0 change later on? Print it inside the loop and after the loop.

    Same as: jacobian_rows_share_memory
    """
    return _jacobian(_outputs, a)[1:].repeat(2, 1)


def jacobian_weighted_by_input(a):
    """jacobian: Picks each output with the input's own value, where the weight should be 1.

    Hint: Which v picks out0 alone, just as it is? Which numbers are in yours?
    """
    return a.detach().T * _jacobian(_outputs, a)


def jacobian_rows_added(a):
    """jacobian: Adds up the rows of all outputs into a single one.

    Hint: How many numbers are in the table of all outputs by all inputs, and how many in yours?

    Same as: jacobian_single_row
    """
    return _jacobian(_outputs, a).sum(0)


def jacobian_gives_nested_list(a):
    """jacobian: Gives a list of rows and no tensor.

    Hint: What makes one tensor of several tensors of the same shape?

    Same as: jacobian_gives_list
    """
    return _jacobian(_outputs, a).tolist()


def jacobian_rows_side_by_side(a):
    """jacobian: Gives the four numbers in a row, without rows and columns.

    Hint: What shape should the table have, and what shape is yours?

    Same as: jacobian_gives_flat_table
    """
    return _jacobian(_outputs, a).reshape(1, 4)
