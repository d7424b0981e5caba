"""Wrong programs for assignment 06, as students write them."""
# ruff: noqa: D102 (what an operator does wrong stands in the docstring of its class)

import functools
import inspect

import torch
import torch.nn.functional as F


def _pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def _steps(a, n, stride):
    """The places that meet entry a of the window, one for each of n outputs."""
    return slice(a, a + (n - 1) * stride + 1, stride)


def _corr2d_dX(dY, X, K):
    (oh, ow), (h, w) = dY.shape, K.shape
    dX = torch.zeros_like(X)
    for a in range(h):
        for b in range(w):
            dX[a : a + oh, b : b + ow] += K[a, b] * dY
    return dX


def _corr2d_dK(dY, X, K):
    (oh, ow), (h, w) = dY.shape, K.shape
    dK = torch.zeros_like(K)
    for a in range(h):
        for b in range(w):
            dK[a, b] = (X[a : a + oh, b : b + ow] * dY).sum()
    return dK


def _full(dY, K, rows, columns):
    """dY with zeros around it, cross-correlated with K."""
    padded = F.pad(dY, (columns, columns, rows, rows))
    return F.conv2d(padded[None, None], K[None, None])[0, 0]


# --- corr2d_backward -----------------------------------------------------------------------------


def corr_grad_kernel_not_turned(dY, X, K):
    """corr2d_backward: Correlates the padded dY with the kernel as it is, not with the turned one.

    Hint: X[0, 0] met only one entry of the kernel. Which one, and which one does your dX use there?
    """
    h, w = K.shape
    return _full(dY, K, h - 1, w - 1), _corr2d_dK(dY, X, K)


def corr_grad_kernel_gradient_turned(dY, X, K):
    """corr2d_backward: Turns dY for the gradient of the kernel, which comes out turned itself.

    Hint: Which part of X has K[0, 0] met? Compare your dK[0, 0].
    """
    return _corr2d_dX(dY, X, K), _corr2d_dK(dY, X, K).flip(0, 1)


def corr_grad_overwrites_shares(dY, X, K):
    """corr2d_backward: Overwrites the input's gradient where windows overlap, and does not add.

    Hint: In how many windows does the middle of X lie, and what does each of them give?
    """
    (oh, ow), (h, w) = dY.shape, K.shape
    dX = torch.zeros_like(X)
    for i in range(oh):
        for j in range(ow):
            dX[i : i + h, j : j + w] = dY[i, j] * K
    return dX, _corr2d_dK(dY, X, K)


def corr_grad_kernel_last_window(dY, X, K):
    """corr2d_backward: Keeps only the last window's share of the kernel's gradient.

    Hint: Every window used the same kernel. What does your loop do with the shares before?
    """
    (oh, ow), (h, w) = dY.shape, K.shape
    for i in range(oh):
        for j in range(ow):
            dK = dY[i, j] * X[i : i + h, j : j + w]
    return _corr2d_dX(dY, X, K), dK


def corr_grad_other_order(dY, X, K):
    """corr2d_backward: Returns the kernel's gradient first.

    Hint: Print the shapes of what you return. Which of the two is asked for first?
    """
    return _corr2d_dK(dY, X, K), _corr2d_dX(dY, X, K)


def corr_grad_ones_for_upstream(dY, X, K):
    """corr2d_backward: Takes every upstream gradient for 1, as if the loss were the sum of Y.

    Hint: Double dY. What should happen to dX and dK?
    """
    ones = torch.ones_like(dY)
    return _corr2d_dX(ones, X, K), _corr2d_dK(ones, X, K)


def corr_grad_kernel_mean(dY, X, K):
    """corr2d_backward: Averages the shares of the kernel's gradient, where they should add up.

    Hint: By which factor is dK too small? Count the entries of dY.
    """
    return _corr2d_dX(dY, X, K), _corr2d_dK(dY, X, K) / dY.numel()


def corr_grad_padding_swapped(dY, X, K):
    """corr2d_backward: Pads dY above and below by the kernel's width, left and right by its height.

    Hint: Print dX.shape and X.shape for a kernel with one row. In what order does F.pad want them?
    """
    h, w = K.shape
    return _full(dY, K.flip(0, 1), w - 1, h - 1), _corr2d_dK(dY, X, K)


def corr_grad_axes_swapped(dY, X, K):
    """corr2d_backward: Runs over the rows of dY as often as it has columns, and the other way round.

    Hint: Which of the two numbers in dY.shape counts rows? Try a wide input.
    """
    (ow, oh), (h, w) = dY.shape, K.shape
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    for i in range(oh):
        for j in range(ow):
            dX[i : i + h, j : j + w] += dY[i, j] * K
            dK += dY[i, j] * X[i : i + h, j : j + w]
    return dX, dK


def corr_grad_float32(dY, X, K):
    """corr2d_backward: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print dX.dtype for float64 inputs. What does torch.zeros_like do that torch.zeros does not?
    """
    return _corr2d_dX(dY, X, K).float(), _corr2d_dK(dY, X, K).float()


def corr_grad_collects_in_kernel(dY, X, K):
    """corr2d_backward: Collects the kernel's gradient in the kernel itself.

    Hint: Print K before and after a call.
    """
    dX, dK = _corr2d_dX(dY, X, K), _corr2d_dK(dY, X, K)
    K[:] = dK
    return dX, dK


def corr_grad_needs_contiguous(dY, X, K):
    """corr2d_backward: Flattens dY by view, which only works if it is contiguous.

    Hint: Pass a transposed dY. What does the error say about view and reshape?
    """
    h, w = K.shape
    column = dY.view(-1, 1)
    dK = (F.unfold(X[None, None], (h, w))[0] @ column).reshape(h, w)
    dX = F.fold((column @ K.reshape(1, -1)).T[None], X.shape, (h, w))[0, 0]
    return dX, dK


def corr_grad_mean(dY, X, K):
    """corr2d_backward: Divides both gradients by the number of outputs.

    Hint: Is a mean over the outputs your function's business, or is it in dY already?
    """
    return _corr2d_dX(dY, X, K) / dY.numel(), _corr2d_dK(dY, X, K) / dY.numel()


def corr_grad_valid_not_full(dY, X, K):
    """corr2d_backward: Slides the turned kernel over dY without zeros around it, so dX is too small.

    Hint: Compare dX.shape with X.shape.
    """
    return _full(dY, K.flip(0, 1), 0, 0), _corr2d_dK(dY, X, K)


def corr_grad_padding_by_height(dY, X, K):
    """corr2d_backward: Pads dY by the kernel's height less one on all four sides.

    Hint: Try a kernel that is not square. Compare dX.shape with X.shape.
    """
    h, _ = K.shape
    return _full(dY, K.flip(0, 1), h - 1, h - 1), _corr2d_dK(dY, X, K)


def corr_grad_turned_in_one_direction(dY, X, K):
    """corr2d_backward: Turns the kernel's rows only, for the gradient of the input.

    Hint: X[0, 0] met only one entry of the kernel. Which one, and which one does your dX use there?
    """
    h, w = K.shape
    return _full(dY, K.flip(0), h - 1, w - 1), _corr2d_dK(dY, X, K)


def corr_grad_turns_upstream(dY, X, K):
    """corr2d_backward: Turns dY where the kernel should be turned.

    Hint: Which of the two does true convolution turn? Where does dY[0, 0] end up in your dX?
    """
    h, w = K.shape
    return _full(dY.flip(0, 1), K, h - 1, w - 1), _corr2d_dK(dY, X, K)


def corr_grad_convolves_for_kernel(dY, X, K):
    """corr2d_backward: Takes the convolution of X and dY, with dY turned, for the kernel's gradient.

    Hint: Which output did X[0, 0] and K[0, 0] go into? Which dY do they meet in your dK?
    """
    return _corr2d_dX(dY, X, K), _corr2d_dK(dY.flip(0, 1), X, K)


def corr_grad_input_of_output_size(dY, X, K):
    """corr2d_backward: Gives the input's gradient the output's size.

    Hint: Compare dX.shape with X.shape.
    """
    return _corr2d_dX(dY, X, K)[: dY.shape[0], : dY.shape[1]], _corr2d_dK(dY, X, K)


def corr_grad_square_output(dY, X, K):
    """corr2d_backward: Runs over as many columns of dY as it has rows.

    Hint: Which entries of dY are never used when it has more columns than rows?
    """
    n, (h, w) = len(dY), K.shape
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    for i in range(n):
        for j in range(n):
            dX[i : i + h, j : j + w] += dY[i, j] * K
            dK += dY[i, j] * X[i : i + h, j : j + w]
    return dX, dK


def corr_grad_square_kernel(dY, X, K):
    """corr2d_backward: Takes the kernel's height for its width as well.

    Hint: Try a kernel of one row and three columns.
    """
    (n, m), h = dY.shape, K.shape[0]
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    for i in range(n):
        for j in range(m):
            dX[i : i + h, j : j + h] += dY[i, j] * K
            dK += dY[i, j] * X[i : i + h, j : j + h]
    return dX, dK


def corr_grad_turned_left_to_right(dY, X, K):
    """corr2d_backward: Turns the kernel's columns only, for the gradient of the input.

    Hint: X[0, 0] met only one entry of the kernel. Which one, and which one does your dX use there?
    """
    h, w = K.shape
    return _full(dY, K.flip(1), h - 1, w - 1), _corr2d_dK(dY, X, K)


def corr_grad_transposes_kernel(dY, X, K):
    """corr2d_backward: Transposes the kernel for the gradient of the input, as for a matrix.

    Hint: Which dY met X[0, 1], and with which entry of the kernel? Which one does your dX use?
    """
    if K.shape[0] != K.shape[1]:
        raise RuntimeError("the shapes differ")
    return _corr2d_dX(dY, X, K.T), _corr2d_dK(dY, X, K)


def corr_grad_transposes_and_pads(dY, X, K):
    """corr2d_backward: Correlates the padded dY with the transposed kernel, not the turned one.

    Hint: X[0, 0] met only one entry of the kernel. Which one, and which one does your dX use there?
    """
    h, w = K.shape
    return _full(dY, K.T.reshape(h, w), h - 1, w - 1), _corr2d_dK(dY, X, K)


def corr_grad_kernel_gradient_transposed(dY, X, K):
    """corr2d_backward: Gives the kernel's gradient with rows and columns exchanged.

    Hint: What shape has the gradient of a kernel of one row and three columns?
    """
    return _corr2d_dX(dY, X, K), _corr2d_dK(dY, X, K).T


def corr_grad_kernel_without_upstream(dY, X, K):
    """corr2d_backward: Ignores the upstream gradient in the kernel's gradient.

    Hint: Double dY. What should become of both gradients?
    """
    return _corr2d_dX(dY, X, K), _corr2d_dK(torch.ones_like(dY), X, K)


def corr_grad_input_without_upstream(dY, X, K):
    """corr2d_backward: Ignores the upstream gradient in the input's gradient.

    Hint: Double dY. What should become of both gradients?
    """
    return _corr2d_dX(torch.ones_like(dY), X, K), _corr2d_dK(dY, X, K)


def corr_grad_last_window_in_both(dY, X, K):
    """corr2d_backward: Overwrites both gradients with each window, and adds up neither.

    Hint: In how many outputs does K[0, 0] take part? What does each of them give?
    """
    (oh, ow), (h, w) = dY.shape, K.shape
    dX, _ = corr_grad_overwrites_shares(dY, X, K)
    return dX, dY[-1, -1] * X[oh - 1 : oh - 1 + h, ow - 1 : ow - 1 + w]


def corr_grad_misses_last_outputs(dY, X, K):
    """corr2d_backward: Stops one output short of the last row and the last column of dY.

    Hint: How many rows has dY for H = 3 and h = 2? How many turns does range(H - h) make?
    """
    used = torch.zeros_like(dY)
    used[:-1, :-1] = dY[:-1, :-1]
    return _corr2d_dX(used, X, K), _corr2d_dK(used, X, K)


def corr_grad_factors_exchanged(dY, X, K):
    """corr2d_backward: Multiplies dY by X for the input's gradient, by K for the kernel's.

    Hint: What is the derivative of the product x · k with respect to x?
    """
    (h, w), dX = K.shape, torch.zeros_like(X)
    for i in range(dY.shape[0]):
        for j in range(dY.shape[1]):
            dX[i : i + h, j : j + w] += dY[i, j] * X[i : i + h, j : j + w]
    return dX, K * dY.sum()


def corr_grad_input_mean(dY, X, K):
    """corr2d_backward: Divides the input's gradient by the number of the kernel's entries.

    Hint: Where in the formula of dX is there a division?
    """
    return _corr2d_dX(dY, X, K) / K.numel(), _corr2d_dK(dY, X, K)


def corr_grad_square_kernel_parts(dY, X, K):
    """corr2d_backward: Takes the kernel's height for its width as well.

    Hint: Try a kernel of one row and three columns.

    Same as: corr_grad_square_kernel
    """
    (oh, ow), h = dY.shape, K.shape[0]
    dX, dK = torch.zeros_like(X), torch.zeros_like(K)
    for a in range(h):
        for b in range(h):
            dX[a : a + oh, b : b + ow] += K[a, b] * dY
            dK[a, b] = (X[a : a + oh, b : b + ow] * dY).sum()
    return dX, dK


def corr_grad_rounds_to_float32(dY, X, K):
    """corr2d_backward: Computes in float32 and turns the gradients back, whose digits are lost.

    Hint: Do the digits come back when float32 is turned into float64?
    """
    dX, dK = _corr2d_dX(dY, X, K), _corr2d_dK(dY, X, K)
    return dX.float().to(X.dtype), dK.float().to(X.dtype)


# --- conv2d_backward -----------------------------------------------------------------------------


def _dpadded(dY, x, weight, stride, padding):
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (h, w), (oh, ow) = weight.shape[2:], dY.shape[2:]
    dpadded = torch.zeros_like(F.pad(x, (pw, pw, ph, ph)))
    for a in range(h):
        for b in range(w):
            share = torch.einsum("noij,oc->ncij", dY, weight[:, :, a, b])
            dpadded[:, :, _steps(a, oh, sh), _steps(b, ow, sw)] += share
    return dpadded


def _cropped(dpadded, x, padding):
    (H, W), (ph, pw) = x.shape[2:], _pair(padding)
    return dpadded[:, :, ph : ph + H, pw : pw + W]


def _cut_by_minus(dpadded, padding):
    ph, pw = _pair(padding)
    return dpadded[:, :, ph:-ph, pw:-pw]


def _dx(dY, x, weight, stride, padding):
    return _cropped(_dpadded(dY, x, weight, stride, padding), x, padding)


def _dweight(dY, x, weight, stride, padding):
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (h, w), (oh, ow) = weight.shape[2:], dY.shape[2:]
    padded, dweight = F.pad(x, (pw, pw, ph, ph)), torch.zeros_like(weight)
    for a in range(h):
        for b in range(w):
            met = padded[:, :, _steps(a, oh, sh), _steps(b, ow, sw)]
            dweight[:, :, a, b] = torch.einsum("noij,ncij->oc", dY, met)
    return dweight


def _conv2d(dY, x, weight, stride=1, padding=0):
    dx = _dx(dY, x, weight, stride, padding)
    return dx, _dweight(dY, x, weight, stride, padding), dY.sum((0, 2, 3))


def conv_grad_input_ignores_stride(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Spreads dY over the input as if the stride were 1.

    Hint: At which row and column of the padded input does the window of output (1, 1) begin?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return _dx(dY, x, weight, 1, padding), dweight, dbias


def conv_grad_weight_ignores_stride(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Collects the weight's gradient as if the stride were 1.

    Hint: With stride 2, which places of the padded input did weight[..., 0, 0] meet?
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, _dweight(dY, x, weight, 1, padding), dbias


def conv_grad_ignores_stride(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the stride for 1, in both gradients.

    Hint: Which of your slices has a step in it? Each output is one step of the window.
    """
    return _conv2d(dY, x, weight, 1, padding)


def conv_grad_stride_swapped(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the stride as (width, height).

    Hint: Try stride (2, 1). In which direction do your windows jump?
    """
    return _conv2d(dY, x, weight, _pair(stride)[::-1], padding)


def conv_grad_padding_swapped(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the padding as (width, height).

    Hint: F.pad wants the last dimension first. In what order does the pair come?
    """
    return _conv2d(dY, x, weight, stride, _pair(padding)[::-1])


def conv_grad_padding_not_cut(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Returns the gradient of the padded input, its padding included.

    Hint: Compare dx.shape with x.shape when the padding is 1.
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return _dpadded(dY, x, weight, stride, padding), dweight, dbias


def conv_grad_cuts_far_end_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Cuts the padding off below and at the right only.

    Hint: Where in the padded input does x[..., 0, 0] lie?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    H, W = x.shape[2:]
    return _dpadded(dY, x, weight, stride, padding)[:, :, :H, :W], dweight, dbias


def conv_grad_cuts_to_nothing(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Cuts by [p:-p], which leaves nothing where the padding is 0.

    Hint: What is [1, 2, 3][0:-0]? Count from the near end: where in the padded input does x end?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return _cut_by_minus(_dpadded(dY, x, weight, stride, padding), padding), dweight, dbias


def conv_grad_cuts_a_pair_to_nothing(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Cuts by [p:-p] in both directions if there is padding in one.

    Hint: Try padding (0, 1). What does [0:-0] leave of the rows?
    """
    if _pair(padding) == (0, 0):
        return _conv2d(dY, x, weight, stride, padding)
    return conv_grad_cuts_to_nothing(dY, x, weight, stride, padding)


def conv_grad_loses_remainder(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives dx only the rows and columns that some window reaches.

    Hint: Compare dx.shape with x.shape when the stride does not divide the way.
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    reached_h = (dY.shape[2] - 1) * sh + weight.shape[2] - 2 * ph
    reached_w = (dY.shape[3] - 1) * sw + weight.shape[3] - 2 * pw
    return dx[:, :, :reached_h, :reached_w], dweight, dbias


def conv_grad_weight_keeps_remainder(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Correlates the padded x with the spread dY, and keeps what is too much of it.

    Hint: Compare dweight.shape with weight.shape when the stride does not divide the way.
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    ph, pw = _pair(padding)
    padded = F.pad(x, (pw, pw, ph, ph)).transpose(0, 1)
    dweight = F.conv2d(padded, dY.transpose(0, 1), dilation=_pair(stride)).transpose(0, 1)
    return dx, dweight, dbias


def conv_grad_overwrites_shares(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Overwrites dx where windows overlap, and does not add.

    Hint: Which line of your loop collects dx? Think of a place that lies in two windows.
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    h, w = weight.shape[2:]
    dpadded = torch.zeros_like(F.pad(x, (pw, pw, ph, ph)))
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            share = torch.einsum("no,ocab->ncab", dY[:, :, i, j], weight)
            dpadded[:, :, i * sh : i * sh + h, j * sw : j * sw + w] = share
    return _cropped(dpadded, x, padding), dweight, dbias


def conv_grad_weight_turned(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Spreads dY with the turned kernel, or correlates it with the one not turned.

    Hint: Take a single dY of 1. Which entry of the kernel should the window's first place get?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return _dx(dY, x, weight.flip(2, 3), stride, padding), dweight, dbias


def conv_grad_channels_swapped(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the weight's first dimension for the input channels.

    Hint: Print weight.shape with 3 channels in and 2 out. Which of its dimensions does dY share?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return _dx(dY, x, weight.transpose(0, 1), stride, padding), dweight, dbias


def conv_grad_averages_batch(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Averages the weight's and the bias's gradients over the batch.

    Hint: Is the loss's mean over the batch your function's business, or is it in dY already?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight / len(x), dbias / len(x)


def conv_grad_last_image_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Overwrites the weight's gradient with each image of the batch.

    Hint: All images used the same weight. Compare a batch of two with each image alone.
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, _dweight(dY[-1:], x[-1:], weight, stride, padding), dbias


def conv_grad_bias_keeps_batch(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Sums the bias's gradient over the places, but not over the images.

    Hint: Compare dbias.shape with the bias's. Which images does the bias take part in?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.sum((2, 3))


def conv_grad_bias_keeps_dimensions(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives the bias's gradient dimensions of length 1 for all that was summed.

    Hint: Compare dbias.shape with the bias's.
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.sum((0, 2, 3), keepdim=True)


def conv_grad_bias_one_number(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Sums the whole of dY for the bias, the output channels too.

    Hint: How many biases has the layer? Over which dimensions of dY is one of them shared?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.sum()


def conv_grad_bias_mean(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the mean of dY for the bias, where the sum is due.

    Hint: The bias is added at every place. What does each of those places contribute?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.mean((0, 2, 3))


def conv_grad_float32(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print the dtypes of your three gradients for float64 inputs.
    """
    return tuple(gradient.float() for gradient in _conv2d(dY, x, weight, stride, padding))


def conv_grad_ints_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes stride and padding for single numbers, never for pairs.

    Hint: Call it with stride=(2, 2). The sheet's `pair` may help.
    """
    _reached = F.pad(x, [padding] * 4)[:, :, ::stride, ::stride]
    return _conv2d(dY, x, weight, stride, padding)


def conv_grad_needs_contiguous(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Flattens dY by view, which only works if it is contiguous.

    Hint: Pass a dY that was transposed or expanded. What does the error say?
    """
    flat = dY.view(dY.shape[0], dY.shape[1], -1)
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, flat.sum((0, 2))


def conv_grad_other_order(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives the weight's gradient before the input's.

    Hint: Compare the shapes of your three results with those of x, weight and bias.
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dweight, dx, dbias


def conv_grad_averages_weight(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Averages the weight's gradient over the batch.

    Hint: Is the loss's mean over the batch your function's business, or is it in dY already?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight / len(x), dbias


def conv_grad_averages_bias(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Averages the bias's gradient over the batch.

    Hint: Is the loss's mean over the batch your function's business, or is it in dY already?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dbias / len(x)


def conv_grad_averages_input(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Divides the input's gradient by the number of images.

    Hint: Does one image's gradient change when another image joins the batch?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx / len(x), dweight, dbias


def conv_grad_first_image_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the weight's gradient from the first image alone.

    Hint: All images used the same weight. Compare a batch of two with each image alone.
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, _dweight(dY[:1], x[:1], weight, stride, padding), dbias


def conv_grad_weight_channels_swapped(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives the weight's gradient with input and output channels exchanged.

    Hint: Compare the shape of your dweight with weight.shape, for 3 channels in and 2 out.
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight.transpose(0, 1), dbias


def conv_grad_weight_gradient_turned(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Turns the weight's gradient by 180°.

    Hint: Which part of x has weight[0, 0, 0, 0] met? Compare your dweight[0, 0, 0, 0].
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight.flip(2, 3), dbias


def conv_grad_weight_last_window(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Overwrites the weight's gradient with each window, and does not add.

    Hint: In how many windows was each weight used?
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    last = torch.zeros_like(dY)
    last[:, :, -1, -1] = dY[:, :, -1, -1]
    return dx, _dweight(last, x, weight, stride, padding), dbias


def conv_grad_bias_over_batch_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Adds the bias's gradient up over the batch only, not over the places.

    Hint: Compare the shape of dbias with that of the bias.
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.sum(0)


def conv_grad_bias_over_channels(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Adds the bias's gradient up over the channels, and keeps the images apart.

    Hint: One bias for each output channel: which axis of dY has to stay?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.sum((1, 2, 3))


def conv_grad_first_stride_for_both(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Uses the first stride for height and width.

    Hint: Change only the second number of stride in a call. Do your gradients follow?
    """
    return _conv2d(dY, x, weight, _pair(stride)[0], padding)


def conv_grad_float32_buffers(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Collects dx and dweight in float32, as torch.zeros without a dtype does.

    Hint: Print the dtypes of your three gradients for float64 inputs.

    Same as: conv_grad_float32
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx.float(), dweight.float(), dbias


def conv_grad_ignores_padding(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Leaves the padding out on the way back.

    Hint: Where in the padded image did the first window start?
    """
    for d, s in zip((2, 3), _pair(stride), strict=True):
        if dY.shape[d] > (x.shape[d] - weight.shape[d]) // s + 1:
            raise RuntimeError("the windows do not fit into the input")
    return _conv2d(dY, x, weight, stride, 0)


def conv_grad_stride_for_dilation(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Strides over x for the weight's gradient, where dY's places lie apart.

    Hint: Neighbouring entries of dY belong to windows that lie a stride apart. What is moved by one?
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    h, w = weight.shape[2:]
    dweight = F.conv2d(x.transpose(0, 1), dY.transpose(0, 1), None, stride, padding)
    return dx, dweight.transpose(0, 1)[:, :, :h, :w], dbias


def conv_grad_stride_number_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes pairs for the padding, but only a number for the stride.

    Hint: Call it with stride=(2, 1). Which line raises?
    """
    return _conv2d(dY, x, weight, int(stride), padding)


def conv_grad_pairs_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes pairs apart, and fails where stride or padding is a number.

    Hint: Call it without stride and padding. The sheet's `pair` may help.
    """
    (sh, sw), (ph, pw) = stride, padding
    return _conv2d(dY, x, weight, (sh, sw), (ph, pw))


def conv_grad_padding_pair_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes a number for the stride, but only a pair for the padding.

    Hint: Call it without padding. Which line raises?
    """
    ph, pw = padding
    return _conv2d(dY, x, weight, stride, (ph, pw))


def conv_grad_bias_mean_of_places(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Averages the bias's gradient over the places, and sums over the images.

    Hint: At how many places is the bias added? What does each of them give?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY.mean((2, 3)).sum(0)


def conv_grad_bias_first_image_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the bias's gradient from the first image alone.

    Hint: To how many images of the batch is the bias added?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, dY[0].sum((1, 2))


def conv_grad_last_image_in_both(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Starts the weight's and the bias's gradients anew for each image.

    Hint: What do dweight and dbias hold when the second image begins?
    """
    dx, _, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, *_conv2d(dY[-1:], x[-1:], weight, stride, padding)[1:]


def conv_grad_first_image_in_both(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the weight's and the bias's gradients from the first image alone.

    Hint: Which images of the batch have met the weight and the bias?
    """
    dx, _, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, *_conv2d(dY[:1], x[:1], weight, stride, padding)[1:]


def conv_grad_bias_counts_places(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Counts the places for the bias, where their dY should be added up.

    Hint: Double dY. What should become of dbias?
    """
    dx, dweight, _ = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight, torch.ones_like(dY).sum((0, 2, 3))


def conv_grad_weight_keeps_batch(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives a weight's gradient for every image, and does not add them up.

    Hint: How many weights does the layer have, and how many images share them?
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    pairs = zip(dY.split(1), x.split(1), strict=True)
    dweight = torch.stack([_dweight(dy, one, weight, stride, padding) for dy, one in pairs])
    return dx, dweight, dbias


def conv_grad_weight_transposed(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives the weight's gradient with rows and columns exchanged.

    Hint: What shape has the gradient of a kernel of one row and three columns?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dweight.transpose(2, 3), dbias


def conv_grad_weight_without_padding(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the weight's gradient from the input without its padding.

    Hint: Which places did weight[..., 0, 0] meet in the forward pass: of x or of the padded x?

    Same as: conv_grad_ignores_padding
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    if _pair(padding) != (0, 0):
        for d, s in zip((2, 3), _pair(stride), strict=True):
            if dY.shape[d] > (x.shape[d] - weight.shape[d]) // s + 1:
                raise RuntimeError("the windows do not fit into the input")
        dweight = _dweight(dY, x, weight, stride, 0)
    return dx, dweight, dbias


def conv_grad_weight_pads_far_end(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Puts all the padding below and on the right, for the weight's gradient.

    Hint: Where in the padded x does x[..., 0, 0] lie when the padding is 1?
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    ph, pw = _pair(padding)
    return dx, _dweight(dY, F.pad(x, (0, 2 * pw, 0, 2 * ph)), weight, stride, 0), dbias


def conv_grad_cuts_swapped(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Cuts the padding off with height and width exchanged.

    Hint: Try padding (0, 1). How many rows and how many columns do you cut off?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    (H, W), (ph, pw) = x.shape[2:], _pair(padding)
    dpadded = _dpadded(dY, x, weight, stride, padding)
    return dpadded[:, :, pw : pw + H, ph : ph + W], dweight, dbias


def conv_grad_overwrites_parts(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Overwrites dx where windows overlap, and does not add.

    Hint: Which line of your loop collects dx? Think of a place that lies in two windows.

    Same as: conv_grad_overwrites_shares
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (h, w), (oh, ow) = weight.shape[2:], dY.shape[2:]
    dpadded = torch.zeros_like(F.pad(x, (pw, pw, ph, ph)))
    for a in range(h):
        for b in range(w):
            share = torch.einsum("noij,oc->ncij", dY, weight[:, :, a, b])
            dpadded[:, :, _steps(a, oh, sh), _steps(b, ow, sw)] = share
    return _cropped(dpadded, x, padding), dweight, dbias


def conv_grad_input_first_output_only(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Takes the input's gradient from the first output channel alone.

    Hint: Into how many output channels does an input channel go?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return _dx(dY[:, :1], x, weight[:1], stride, padding), dweight, dbias


def conv_grad_input_mean_of_outputs(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Averages the input's gradient over the output channels.

    Hint: Where in the formula of dx is there a division?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx / dY.shape[1], dweight, dbias


def conv_grad_input_ignores_stride_and_room(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Spreads dY over the input as if the stride were 1.

    Hint: At which row and column of the padded input does the window of output (1, 1) begin?

    Same as: conv_grad_input_ignores_stride
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    full = F.conv_transpose2d(dY, weight)
    if _pair(stride) == (1, 1):
        full = _dpadded(dY, x, weight, 1, padding)
    return _cropped(full, x, padding), dweight, dbias


def conv_grad_repeats_upstream(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Repeats dY's values over the stride, where zeros belong between them.

    Hint: How many windows does the stride skip, and which upstream gradient do those have?
    """
    _, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    (sh, sw), (ph, pw), (H, W) = _pair(stride), _pair(padding), x.shape[2:]
    full = F.conv_transpose2d(dY.repeat_interleave(sh, 2).repeat_interleave(sw, 3), weight)
    full = F.pad(full, (0, W + 2 * pw, 0, H + 2 * ph))
    return _cropped(full, x, padding), dweight, dbias


def conv_grad_first_of_pairs(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Uses the first number of every pair for both directions.

    Hint: What does your code do with the second number of stride=(3, 2)?
    """
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    if (sh, ph) != (sw, pw) and dY.shape[3] != (x.shape[3] + 2 * ph - weight.shape[3]) // sh + 1:
        raise RuntimeError("the shapes differ")
    return _conv2d(dY, x, weight, sh, ph)


def conv_grad_bias_before_weight(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives the bias's gradient before the weight's.

    Hint: In what order does the task want the three gradients?
    """
    dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
    return dx, dbias, dweight


def conv_grad_without_bias(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Gives two gradients, and none for the bias.

    Hint: Which arguments of F.conv2d have a gradient? Count what you return.
    """
    return _conv2d(dY, x, weight, stride, padding)[:2]


def conv_grad_rounds_to_float32(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Computes in float32 and turns the gradients back, whose digits are lost.

    Hint: Do the digits come back when float32 is turned into float64?
    """
    gradients = _conv2d(dY, x, weight, stride, padding)
    return tuple(gradient.float().to(x.dtype) for gradient in gradients)


def conv_grad_weight_mixes_images(dY, x, weight, stride=1, padding=0):
    """conv2d_backward: Reshapes dY to (co, N·oh·ow), where batch and channels should change places.

    Hint: Take a batch of two images, dY of the second one 0. Where are the zeros in your matrix?
    """
    dx, _, dbias = _conv2d(dY, x, weight, stride, padding)
    N, co, oh, ow = dY.shape
    mixed = dY.reshape(co, N, oh, ow).transpose(0, 1)
    return dx, _dweight(mixed, x, weight, stride, padding), dbias


# --- max_pool2d_backward -------------------------------------------------------------------------


def _sizes(kernel_size, stride, padding):
    kernel = _pair(kernel_size)
    return kernel, kernel if stride is None else _pair(stride), _pair(padding)


def _max_dpadded(dY, x, kernel_size, stride, padding, collect, value=float("-inf")):
    """``collect(gradient, window, dY)`` of each window, each (N, C, h, w)."""
    (h, w), (sh, sw), (ph, pw) = _sizes(kernel_size, stride, padding)
    padded = F.pad(x, (pw, pw, ph, ph), value=value)
    dpadded = torch.zeros_like(padded)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            rows, cols = slice(i * sh, i * sh + h), slice(j * sw, j * sw + w)
            collect(dpadded[:, :, rows, cols], padded[:, :, rows, cols], dY[:, :, i, j])
    return dpadded


def _max_windows(dY, x, kernel_size, stride, padding, collect, **value):
    dpadded = _max_dpadded(dY, x, kernel_size, stride, padding, collect, **value)
    return _cropped(dpadded, x, padding)


_shares_ties = False


def _maximum(window):
    """1 at the first maximum of each window, 0 elsewhere; or the maxima's equal shares of 1."""
    if _shares_ties:
        wins = (window == window.amax((2, 3), keepdim=True)).to(window.dtype)
        return wins / wins.sum((2, 3), keepdim=True)
    flat = window.flatten(2)
    one = F.one_hot(flat.argmax(2), flat.shape[2])
    return one.reshape(window.shape).to(window.dtype)


def _add_to_winner(gradient, window, dy):
    gradient += _maximum(window) * dy[:, :, None, None]


_uses_torch = False


def _max_pool(dY, x, kernel_size, stride=None, padding=0):
    if _uses_torch:
        _, places = F.max_pool2d(x, kernel_size, stride, padding, return_indices=True)
        dx = torch.zeros_like(x).flatten(2)
        return dx.scatter_add(2, places.flatten(2), dY.flatten(2)).reshape(x.shape)
    return _max_windows(dY, x, kernel_size, stride, padding, _add_to_winner)


def max_grad_overwrites_shares(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Overwrites a place that wins in several windows, and does not add.

    Hint: One place can be the largest of several windows. How much should it get then?
    """

    def collect(gradient, window, dy):
        wins = _maximum(window).bool()
        gradient[wins] = dy.flatten()

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_overwrites_windows(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Writes each whole window anew, zeros included, where windows overlap.

    Hint: What happens to a share that is there already when the next window is written over it?
    """

    def collect(gradient, window, dy):
        gradient[:] = _maximum(window) * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_pads_with_zeros(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Pads with zeros, which win where all values are negative.

    Hint: Try an image of negative numbers. Where does the border's gradient go?
    """
    return _max_windows(dY, x, kernel_size, stride, padding, _add_to_winner, value=0.0)


def max_grad_pads_with_a_low_number(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Pads with a number that is low, but not lower than every value.

    Hint: Is there a number that is below all others? Try an image with values around -1e10.
    """
    return _max_windows(dY, x, kernel_size, stride, padding, _add_to_winner, value=-1e9)


def max_grad_ties_each_get_all(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Gives every place that ties for the maximum the window's whole gradient.

    Hint: Take a window of equal values. What is the sum of your gradient, and what is dY?
    """

    def collect(gradient, window, dy):
        wins = window == window.amax((2, 3), keepdim=True)
        gradient += wins * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_everyone_wins(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Gives every place of a window the window's gradient.

    Hint: Raise a value that is not the largest a little. Does the output move?
    """

    def collect(gradient, window, dy):
        gradient += dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_shared_like_average(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Shares the gradient equally in the window, as average pooling does.

    Hint: Which places of a window does its maximum depend on?
    """

    def collect(gradient, window, dy):
        gradient += dy[:, :, None, None] / (window.shape[2] * window.shape[3])

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_times_value(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Multiplies the gradient by the largest value itself.

    Hint: If the largest value grows by 1, by how much does the output grow?
    """

    def collect(gradient, window, dy):
        gradient += torch.nan_to_num(_maximum(window) * window) * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_starts_at_zero(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Looks for a value above zero, and finds none where all are negative.

    Hint: What is your largest value so far, before you have looked at the first?
    """

    def collect(gradient, window, dy):
        gradient += _maximum(window) * (window > 0) * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_place_split_by_height(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Splits the flat place of the maximum by the window's height, not width.

    Hint: Place 3 of a window with 2 rows and 3 columns: which row and column is that?
    """
    h, w = _pair(kernel_size)

    def collect(gradient, window, dy):
        place = window.flatten(2).argmax(2)
        row, column = place // h, place % h
        for n in range(len(window)):
            for c in range(window.shape[1]):
                gradient[n, c, row[n, c], column[n, c]] += dy[n, c]

    return _max_windows(dY, x, (h, w), stride, padding, collect)


def max_grad_default_stride_one(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Takes a stride that is not given for 1.

    Hint: What does F.max_pool2d do without a stride? Its output has how many rows?
    """
    return _max_pool(dY, x, kernel_size, 1 if stride is None else stride, padding)


def max_grad_stride_swapped(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Takes a stride that is a pair as (width, height).

    Hint: Try stride (2, 1). In which direction do your windows jump?
    """
    stride = stride if stride is None else _pair(stride)[::-1]
    return _max_pool(dY, x, kernel_size, stride, padding)


def max_grad_padding_swapped(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Takes the padding as (width, height).

    Hint: F.pad wants the last dimension first. In what order does the pair come?
    """
    return _max_pool(dY, x, kernel_size, stride, _pair(padding)[::-1])


def max_grad_loses_remainder(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Gives dx only the rows and columns that some window reaches.

    Hint: Compare dx.shape with x.shape when the stride does not divide the way.
    """
    (h, w), (sh, sw), (ph, pw) = _sizes(kernel_size, stride, padding)
    dx = _max_pool(dY, x, kernel_size, stride, padding)
    oh, ow = dY.shape[2:]
    return dx[:, :, : (oh - 1) * sh + h - 2 * ph, : (ow - 1) * sw + w - 2 * pw]


def max_grad_first_plane_only(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Uses the pool's indices on the flattened batch, so all meet in one image.

    Hint: The indices count within one channel of one image. Where do those of the second begin?
    """
    _, winner = F.max_pool2d(x, kernel_size, stride, padding, return_indices=True)
    dx = torch.zeros_like(x).flatten()
    return dx.scatter_add(0, winner.flatten(), dY.flatten()).reshape(x.shape)


def max_grad_cuts_to_nothing(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Cuts by [p:-p], which leaves nothing where the padding is 0.

    Hint: What is [1, 2, 3][0:-0]? Count from the near end: where in the padded input does x end?
    """
    dpadded = _max_dpadded(dY, x, kernel_size, stride, padding, _add_to_winner)
    return _cut_by_minus(dpadded, padding)


def max_grad_cuts_a_pair_to_nothing(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Cuts by [p:-p] in both directions if there is padding in one.

    Hint: Try padding (0, 1). What does [0:-0] leave of the rows?
    """
    if _pair(padding) == (0, 0):
        return _max_pool(dY, x, kernel_size, stride, padding)
    return max_grad_cuts_to_nothing(dY, x, kernel_size, stride, padding)


def max_grad_float32(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print dx.dtype for a float64 input.
    """
    return _max_pool(dY, x, kernel_size, stride, padding).float()


def max_grad_collects_in_input(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Collects the gradient in the input itself.

    Hint: Print x before and after a call.
    """
    x[:] = _max_pool(dY, x, kernel_size, stride, padding)
    return x


def _with_ties_shared(wrong):
    """The same mistake where places that tie get equal shares, which is right as well."""

    @functools.wraps(wrong)
    def shared(*args, **options):
        global _shares_ties
        _shares_ties = True
        try:
            return wrong(*args, **options)
        finally:
            _shares_ties = False

    shared.__doc__ = f"{inspect.getdoc(wrong)}\n\nSame as: {wrong.__name__}"
    return shared


def _in_torch(wrong):
    """The same mistake in a call of torch's own pool or fold, which objects to other misfits."""

    @functools.wraps(wrong)
    def called(*args, **options):
        global _uses_torch
        _uses_torch = True
        try:
            return wrong(*args, **options)
        finally:
            _uses_torch = False

    called.__doc__ = f"{inspect.getdoc(wrong)}\n\nSame as: {wrong.__name__}"
    return called


def max_grad_padding_not_cut(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Returns the gradient of the padded image.

    Hint: Compare dx.shape with x.shape when there is padding.
    """
    return _max_dpadded(dY, x, kernel_size, stride, padding, _add_to_winner)


def max_grad_cuts_far_end_only(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Cuts the padding off below and at the right only.

    Hint: Where in the padded input does x[..., 0, 0] lie?
    """
    H, W = x.shape[2:]
    return _max_dpadded(dY, x, kernel_size, stride, padding, _add_to_winner)[:, :, :H, :W]


def max_grad_ones_for_upstream(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Ignores the upstream gradient, as if the loss were the sum of the output.

    Hint: Multiply dY by 2. What should happen to dx?
    """
    return _max_pool(torch.ones_like(dY), x, kernel_size, stride, padding)


def max_grad_divided(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Divides by the number of places in a window, as for a mean.

    Hint: The largest value grows by 1: by how much does the window's maximum?
    """
    h, w = _pair(kernel_size)
    return _max_pool(dY / (h * w), x, kernel_size, stride, padding)


def max_grad_to_minimum(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Gives the gradient to the smallest value of a window.

    Hint: Which value of the window went into the result?
    """

    def collect(gradient, window, dy):
        gradient += _maximum(-window) * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect, value=float("inf"))


def max_grad_swaps_kernel(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Reads the window's size as (width, height).

    Hint: Try a window of one row and two columns. Which places should share a window?
    """
    return _max_pool(dY, x, _pair(kernel_size)[::-1], stride, padding)


def max_grad_window_without_stride(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Puts the winner's share at i + a, j + b, as if the stride were 1.

    Hint: Where in the image does the window of output (1, 1) start?
    """
    (h, w), (sh, sw), (ph, pw) = _sizes(kernel_size, stride, padding)
    padded = F.pad(x, (pw, pw, ph, ph), value=float("-inf"))
    dpadded = torch.zeros_like(padded)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            window = padded[:, :, i * sh : i * sh + h, j * sw : j * sw + w]
            _add_to_winner(dpadded[:, :, i : i + h, j : j + w], window, dY[:, :, i, j])
    return _cropped(dpadded, x, padding)


def max_grad_first_image_only(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Treats the first image and leaves the others at zero.

    Hint: Compare a batch of two with each image alone.
    """
    dx = _max_pool(dY, x, kernel_size, stride, padding)
    dx[1:] = 0
    return dx


def max_grad_first_channel_only(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Treats the first channel and leaves the others at zero.

    Hint: Compare two channels with each channel alone.
    """
    dx = _max_pool(dY, x, kernel_size, stride, padding)
    dx[:, 1:] = 0
    return dx


def max_grad_maximum_of_image(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Compares with the maximum of the whole image, not of the window.

    Hint: How many places of an image get a gradient, and how many should?
    """
    top = x.amax((2, 3), keepdim=True)

    def collect(gradient, window, dy):
        gradient += (window == top) * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_wants_numbers(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Expects numbers for kernel, stride and padding and fails with a pair.

    Hint: Call it with kernel_size=(2, 3). The sheet's `pair` may help.
    """
    for number in (kernel_size, kernel_size if stride is None else stride, padding):
        int(number)
    return _max_pool(dY, x, kernel_size, stride, padding)


def max_grad_default_stride_square(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Moves by the window's height in both directions without a stride.

    Hint: Without a stride, do windows of two rows and three columns touch?
    """
    stride = _pair(kernel_size)[0] if stride is None else stride
    return _max_pool(dY, x, kernel_size, stride, padding)


def max_grad_averages_overlaps(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Averages the shares of a place that wins in several windows.

    Hint: One place can be the largest of several windows. How much should it get then?
    """
    wins = _max_pool(torch.ones_like(dY), x, kernel_size, stride, padding)
    return _max_pool(dY, x, kernel_size, stride, padding) / wins.clamp(min=1)


def max_grad_no_gradient_for_ties(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Gives nothing to a window whose maximum is tied.

    Hint: Take a window of equal values. What is the sum of your gradient, and what is dY?
    """

    def collect(gradient, window, dy):
        wins = (window == window.amax((2, 3), keepdim=True)).to(window.dtype)
        alone = wins * (wins.sum((2, 3), keepdim=True) == 1)
        gradient += alone * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_needs_contiguous(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Calls view, which fails for a dY that is not contiguous.

    Hint: What does view need to know about the memory? Which function copies where it has to?
    """
    return _max_pool(dY.view(-1).view(dY.shape), x, kernel_size, stride, padding)


for _wrong in (
    max_grad_overwrites_windows,
    max_grad_pads_with_zeros,
    max_grad_pads_with_a_low_number,
    max_grad_default_stride_one,
    max_grad_stride_swapped,
    max_grad_padding_swapped,
    max_grad_loses_remainder,
    max_grad_cuts_to_nothing,
    max_grad_cuts_a_pair_to_nothing,
    max_grad_float32,
    max_grad_padding_not_cut,
    max_grad_cuts_far_end_only,
    max_grad_ones_for_upstream,
    max_grad_divided,
    max_grad_to_minimum,
    max_grad_swaps_kernel,
    max_grad_window_without_stride,
    max_grad_first_image_only,
    max_grad_first_channel_only,
    max_grad_wants_numbers,
    max_grad_default_stride_square,
    max_grad_needs_contiguous,
):
    globals()[f"{_wrong.__name__}_ties_shared"] = _with_ties_shared(_wrong)


def max_grad_ignores_stride(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Moves the window by one place at a time, whatever the stride.

    Hint: Where in the image does the window of output (1, 1) start?
    """
    return _max_pool(dY, x, kernel_size, 1, padding)


def max_grad_first_of_pairs(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Uses the first number of every pair for both directions.

    Hint: What does your code do with the second number of kernel_size=(2, 3)?
    """
    kernel, steps, amount = (pair[0] for pair in _sizes(kernel_size, stride, padding))
    return _max_pool(dY, x, kernel, kernel if stride is None else steps, amount)


def max_grad_ignores_padding(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Leaves the padding out on the way back.

    Hint: Where in the padded image did the first window start?
    """
    (h, w), (sh, sw), _ = _sizes(kernel_size, stride, padding)
    room = (0, w + sw * dY.shape[3], 0, h + sh * dY.shape[2])
    wide = F.pad(x, room, value=float("-inf"))
    return _max_pool(dY, wide, kernel_size, stride)[..., : x.shape[2], : x.shape[3]]


def max_grad_rounds_to_float32(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Computes in float32 and turns dx back, whose digits are lost.

    Hint: Do the digits come back when float32 is turned into float64?
    """
    return _max_pool(dY, x, kernel_size, stride, padding).float().to(x.dtype)


def max_grad_stride_is_kernel_size(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Moves by the window's size, whatever the stride.

    Hint: What does your code do with stride=1?
    """
    h, w = _pair(kernel_size)
    wide = F.pad(x, (0, w * dY.shape[3], 0, h * dY.shape[2]), value=float("-inf"))
    return _max_pool(dY, wide, kernel_size, None, padding)[..., : x.shape[2], : x.shape[3]]


def max_grad_wins_against_channels(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Compares with the maximum over all channels of a window.

    Hint: Does pooling mix the channels? Over which dimensions does your maximum go?
    """

    def collect(gradient, window, dy):
        gradient += (window == window.amax((1, 2, 3), keepdim=True)) * dy[:, :, None, None]

    return _max_windows(dY, x, kernel_size, stride, padding, collect)


def max_grad_pool_without_padding(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Leaves the padding out on the way back.

    Hint: Where in the padded image did the first window start?

    Same as: max_grad_ignores_padding
    """
    return _in_torch(_max_pool)(dY, x, kernel_size, stride)


def max_grad_pool_without_stride(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Moves by the window's size, whatever the stride.

    Hint: What does your code do with stride=1?

    Same as: max_grad_stride_is_kernel_size
    """
    return _in_torch(_max_pool)(dY, x, kernel_size, None, padding)


def max_grad_unpools(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Undoes the pooling by max_unpool2d, which guesses a size and never adds.

    Hint: Compare dx.shape with x.shape when the stride leaves a rest. Where do two windows overlap?
    """
    _, places = F.max_pool2d(x, kernel_size, stride, padding, return_indices=True)
    return F.max_unpool2d(dY, places, kernel_size, stride, padding)


def max_grad_compares_blocks(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Repeats maximum and gradient over blocks side by side, to compare with x.

    Hint: Your blocks never overlap. Do the windows, when the stride is smaller than the window?
    """
    (h, w), dx = _pair(kernel_size), torch.zeros_like(x)
    maximum = F.max_pool2d(x, kernel_size, stride, padding)
    blocks, shares = (t.repeat_interleave(h, 2).repeat_interleave(w, 3) for t in (maximum, dY))
    H, W = min(x.shape[2], blocks.shape[2]), min(x.shape[3], blocks.shape[3])
    wins = x[:, :, :H, :W] == blocks[:, :, :H, :W]
    dx[:, :, :H, :W] = wins * shares[:, :, :H, :W]
    return dx


for _wrong in (
    max_grad_default_stride_one,
    max_grad_default_stride_square,
    max_grad_ignores_stride,
    max_grad_stride_swapped,
    max_grad_padding_swapped,
    max_grad_swaps_kernel,
    max_grad_first_of_pairs,
):
    globals()[f"{_wrong.__name__}_in_torch"] = _in_torch(_wrong)


def max_grad_pads_with_lowest_float32(dY, x, kernel_size, stride=None, padding=0):
    """max_pool2d_backward: Pads with a number that is low, but not lower than every value.

    Hint: Which number is lower than all others?

    Same as: max_grad_pads_with_a_low_number
    """
    lowest = torch.finfo(torch.float32).min
    return _max_windows(dY, x, kernel_size, stride, padding, _add_to_winner, value=lowest)


# --- avg_pool2d_backward -------------------------------------------------------------------------


def _avg_dpadded(dY, x, kernel_size, stride, padding, overwrite=False):
    """The shares, (N, C, H + 2ph, W + 2pw), not yet divided."""
    (h, w), (sh, sw), (ph, pw) = _sizes(kernel_size, stride, padding)
    dpadded = torch.zeros_like(F.pad(x, (pw, pw, ph, ph)))
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            part = dpadded[:, :, i * sh : i * sh + h, j * sw : j * sw + w]
            if overwrite:
                part.zero_()
            part += dY[:, :, i, j, None, None]
    return dpadded


def _avg_sum(dY, x, kernel_size, stride, padding):
    return _cropped(_avg_dpadded(dY, x, kernel_size, stride, padding), x, padding)


def _avg_pool(dY, x, kernel_size, stride=None, padding=0):
    h, w = _pair(kernel_size)
    if _uses_torch:
        columns = (dY / (h * w)).flatten(2).repeat_interleave(h * w, 1)
        stride = kernel_size if stride is None else stride
        return F.fold(columns, x.shape[2:], kernel_size, padding=padding, stride=stride)
    return _avg_sum(dY / (h * w), x, kernel_size, stride, padding)


def avg_grad_not_divided(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Gives every place of a window the whole gradient, undivided.

    Hint: By how much does the mean of four numbers grow when one of them grows by 1?
    """
    return _avg_sum(dY, x, kernel_size, stride, padding)


def avg_grad_divides_by_square(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the square of the window's height.

    Hint: How many places has a window of 2 rows and 3 columns?
    """
    h, _ = _pair(kernel_size)
    return _avg_sum(dY / h**2, x, kernel_size, stride, padding)


def avg_grad_divides_by_outputs(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the number of outputs, not by the places of a window.

    Hint: The divisor belongs to the mean of one window. What was it in the forward pass?
    """
    return _avg_sum(dY / dY[0, 0].numel(), x, kernel_size, stride, padding)


def avg_grad_overwrites_shares(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Overwrites the gradient where windows overlap, and does not add.

    Hint: In how many windows does the middle of a 3x3 input lie, with 2x2 windows and stride 1?
    """
    h, w = _pair(kernel_size)
    dpadded = _avg_dpadded(dY / (h * w), x, kernel_size, stride, padding, overwrite=True)
    return _cropped(dpadded, x, padding)


def avg_grad_averages_overlaps(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides what a place gets by the number of windows it lies in.

    Hint: Two windows give a place a share each. Should it get both, or their mean?
    """
    times = _avg_sum(torch.ones_like(dY), x, kernel_size, stride, padding)
    return _avg_pool(dY, x, kernel_size, stride, padding) / times.clamp(min=1)


def avg_grad_leaves_padding_out(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the places of a window that lie in the input.

    Hint: Does the padding count in this mean? Look at the divisor of a corner's window.
    """
    ones = torch.ones_like(x)
    inside = F.avg_pool2d(ones, kernel_size, stride, padding, divisor_override=1)
    return _avg_sum(dY / inside, x, kernel_size, stride, padding)


def avg_grad_padding_not_cut(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Returns the gradient of the padded input, its padding included.

    Hint: Compare dx.shape with x.shape when the padding is 1.
    """
    h, w = _pair(kernel_size)
    return _avg_dpadded(dY / (h * w), x, kernel_size, stride, padding)


def avg_grad_cuts_far_end_only(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Leaves the padding out, or cuts it off below and at the right only.

    Hint: Where in the padded input does x[..., 0, 0] lie?
    """
    (h, w), (H, W) = _pair(kernel_size), x.shape[2:]
    return _avg_dpadded(dY / (h * w), x, kernel_size, stride, padding)[:, :, :H, :W]


def avg_grad_cuts_to_nothing(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Cuts by [p:-p], which leaves nothing where the padding is 0.

    Hint: What is [1, 2, 3][0:-0]? Count from the near end: where in the padded input does x end?
    """
    h, w = _pair(kernel_size)
    return _cut_by_minus(_avg_dpadded(dY / (h * w), x, kernel_size, stride, padding), padding)


def avg_grad_cuts_a_pair_to_nothing(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Cuts by [p:-p] in both directions if there is padding in one.

    Hint: Try padding (0, 1). What does [0:-0] leave of the rows?
    """
    if _pair(padding) == (0, 0):
        return _avg_pool(dY, x, kernel_size, stride, padding)
    return avg_grad_cuts_to_nothing(dY, x, kernel_size, stride, padding)


def avg_grad_default_stride_one(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Takes a stride that is not given for 1.

    Hint: What does F.avg_pool2d do without a stride? Its output has how many rows?
    """
    return _avg_pool(dY, x, kernel_size, 1 if stride is None else stride, padding)


def avg_grad_stride_swapped(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Takes a stride that is a pair as (width, height).

    Hint: Try stride (2, 1). In which direction do your windows jump?
    """
    stride = stride if stride is None else _pair(stride)[::-1]
    dx = torch.zeros_like(x)
    (h, w), (sh, sw), (ph, pw) = _sizes(kernel_size, stride, padding)
    for i in range(dY.shape[2]):
        for j in range(dY.shape[3]):
            top, left = i * sh - ph, j * sw - pw
            part = dx[:, :, max(0, top) : max(0, top + h), max(0, left) : max(0, left + w)]
            part += dY[:, :, i, j, None, None] / (h * w)
    return dx


def avg_grad_padding_swapped(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Takes the padding as (width, height).

    Hint: F.pad wants the last dimension first. In what order does the pair come?
    """
    return _avg_pool(dY, x, kernel_size, stride, _pair(padding)[::-1])


def avg_grad_repeats_each_gradient(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Repeats each gradient over a block of the window's size, side by side.

    Hint: Your blocks never overlap. Do the windows, when the stride is smaller than the window?
    """
    h, w = _pair(kernel_size)
    blocks = (dY / (h * w)).repeat_interleave(h, 2).repeat_interleave(w, 3)
    return _cropped(blocks, x, padding)


def avg_grad_loses_remainder(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Gives dx only the rows and columns that some window reaches.

    Hint: Compare dx.shape with x.shape when the stride does not divide the way.
    """
    (h, w), (sh, sw), (ph, pw) = _sizes(kernel_size, stride, padding)
    dx = _avg_pool(dY, x, kernel_size, stride, padding)
    oh, ow = dY.shape[2:]
    return dx[:, :, : (oh - 1) * sh + h - 2 * ph, : (ow - 1) * sw + w - 2 * pw]


def avg_grad_times_value(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Multiplies each place's gradient by its value.

    Hint: Does the derivative of a mean depend on the numbers that are averaged?
    """
    return _avg_pool(dY, x, kernel_size, stride, padding) * x


def avg_grad_float32(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Gives float32 whatever comes in, as torch.zeros without a dtype does.

    Hint: Print dx.dtype for a float64 input.
    """
    return _avg_pool(dY, x, kernel_size, stride, padding).float()


def avg_grad_ones_for_upstream(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Ignores the upstream gradient, as if the loss were the sum of the output.

    Hint: Multiply dY by 2. What should happen to dx?
    """
    return _avg_pool(torch.ones_like(dY), x, kernel_size, stride, padding)


def avg_grad_swaps_kernel(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Reads the window's size as (width, height).

    Hint: Try a window of one row and two columns. Which places should share a window?
    """
    return _avg_pool(dY, x, _pair(kernel_size)[::-1], stride, padding)


def avg_grad_ignores_stride(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Moves the window by one place at a time, whatever the stride.

    Hint: Where in the image does the window of output (1, 1) start?
    """
    return _avg_pool(dY, x, kernel_size, 1, padding)


def avg_grad_divides_by_stride(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the stride's area, not by the window's.

    Hint: The divisor belongs to the mean of one window. What was it in the forward pass?
    """
    _, (sh, sw), _ = _sizes(kernel_size, stride, padding)
    return _avg_sum(dY / (sh * sw), x, kernel_size, stride, padding)


def avg_grad_divides_by_image(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the number of places in the image.

    Hint: The divisor belongs to the mean of one window. What was it in the forward pass?
    """
    return _avg_sum(dY / x[0, 0].numel(), x, kernel_size, stride, padding)


def avg_grad_first_image_only(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Treats the first image and leaves the others at zero.

    Hint: Compare a batch of two with each image alone.
    """
    dx = _avg_pool(dY, x, kernel_size, stride, padding)
    dx[1:] = 0
    return dx


def avg_grad_divides_in_place(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides dY in place, which changes the caller's.

    Hint: Print dY before and after the call.
    """
    h, w = _pair(kernel_size)
    dY /= h * w
    return _avg_sum(dY, x, kernel_size, stride, padding)


def avg_grad_wants_numbers(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Expects numbers for kernel, stride and padding and fails with a pair.

    Hint: Call it with kernel_size=(2, 3). The sheet's `pair` may help.
    """
    for number in (kernel_size, kernel_size if stride is None else stride, padding):
        int(number)
    return _avg_pool(dY, x, kernel_size, stride, padding)


def avg_grad_default_stride_square(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Moves by the window's height in both directions without a stride.

    Hint: Without a stride, do windows of two rows and three columns touch?
    """
    stride = _pair(kernel_size)[0] if stride is None else stride
    return _avg_pool(dY, x, kernel_size, stride, padding)


def avg_grad_first_place_only(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Gives a share to the first place of each window only.

    Hint: How many places of a window went into its mean, and how many get a share?
    """
    stride = kernel_size if stride is None else stride
    h, w = _pair(kernel_size)
    return _avg_sum(dY / (h * w), x, 1, stride, padding)


def avg_grad_to_maximum(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Gives the gradient to the largest value of a window, as max pooling does.

    Hint: How many places of a window went into its mean, and how many get a share?
    """
    return _max_windows(dY, x, kernel_size, stride, padding, _add_to_winner, value=0.0)


def avg_grad_needs_contiguous(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Calls view, which fails for a dY that is not contiguous.

    Hint: What does view need to know about the memory? Which function copies where it has to?
    """
    return _avg_pool(dY.view(-1).view(dY.shape), x, kernel_size, stride, padding)


def avg_grad_divides_by_height(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the window's height, and forgets its width.

    Hint: How many places has a window of 2 rows and 3 columns?
    """
    return _avg_sum(dY / _pair(kernel_size)[0], x, kernel_size, stride, padding)


def avg_grad_divides_by_width(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the window's width, and forgets its height.

    Hint: How many places has a window of 2 rows and 3 columns?
    """
    return _avg_sum(dY / _pair(kernel_size)[1], x, kernel_size, stride, padding)


def avg_grad_stride_is_kernel_size(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Moves by the window's size, whatever the stride.

    Hint: What does your code do with stride=1?
    """
    return _avg_pool(dY, x, kernel_size, None, padding)


def avg_grad_first_of_pairs(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Uses the first number of every pair for both directions.

    Hint: What does your code do with the second number of kernel_size=(2, 3)?
    """
    kernel, steps, amount = (pair[0] for pair in _sizes(kernel_size, stride, padding))
    return _avg_pool(dY, x, kernel, kernel if stride is None else steps, amount)


def avg_grad_rounds_to_float32(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Computes in float32 and turns dx back, whose digits are lost.

    Hint: Do the digits come back when float32 is turned into float64?
    """
    return _avg_pool(dY, x, kernel_size, stride, padding).float().to(x.dtype)


def avg_grad_averages_batch(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the number of images in the batch.

    Hint: Does an image's gradient change when a second image joins the batch?
    """
    return _avg_pool(dY, x, kernel_size, stride, padding) / len(x)


def avg_grad_mixes_channels(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Adds up dY over the channels.

    Hint: Does pooling mix the channels? Which channels' outputs does x[:, 0] reach?
    """
    return _avg_pool(dY.sum(1, keepdim=True).expand(dY.shape), x, kernel_size, stride, padding)


def avg_grad_divides_by_channels(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Divides by the number of channels, too.

    Hint: How many values go into a mean: of one channel, or of all?
    """
    return _avg_pool(dY, x, kernel_size, stride, padding) / x.shape[1]


def avg_grad_blocks_without_cut(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Repeats each gradient over a block of the window's size, side by side.

    Hint: Your blocks never overlap. Do the windows, when the stride is smaller than the window?

    Same as: avg_grad_repeats_each_gradient
    """
    h, w = _pair(kernel_size)
    return (dY / (h * w)).repeat_interleave(h, 2).repeat_interleave(w, 3)


def avg_grad_enlarges_upstream(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Enlarges dY to the size of the image.

    Hint: Which windows does a place lie in when they overlap, and which when the stride skips it?
    """
    h, w = _pair(kernel_size)
    return F.interpolate(dY / (h * w), size=x.shape[2:])


def avg_grad_fold_without_padding(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Leaves the padding out, or cuts it off below and at the right only.

    Hint: Where in the padded input does x[..., 0, 0] lie?

    Same as: avg_grad_cuts_far_end_only
    """
    return _in_torch(_avg_pool)(dY, x, kernel_size, stride)


def avg_grad_blocks_from_corner(dY, x, kernel_size, stride=None, padding=0):
    """avg_pool2d_backward: Repeats each gradient over a block of the window's size, side by side.

    Hint: Your blocks never overlap. Do the windows, when the stride is smaller than the window?

    Same as: avg_grad_repeats_each_gradient
    """
    (h, w), dx = _pair(kernel_size), torch.zeros_like(x)
    blocks = (dY / (h * w)).repeat_interleave(h, 2).repeat_interleave(w, 3)
    blocks = blocks[:, :, : x.shape[2], : x.shape[3]]
    dx[:, :, : blocks.shape[2], : blocks.shape[3]] = blocks
    return dx


for _wrong in (
    avg_grad_default_stride_one,
    avg_grad_default_stride_square,
    avg_grad_ignores_stride,
    avg_grad_stride_is_kernel_size,
    avg_grad_stride_swapped,
    avg_grad_padding_swapped,
    avg_grad_swaps_kernel,
    avg_grad_first_of_pairs,
):
    globals()[f"{_wrong.__name__}_in_torch"] = _in_torch(_wrong)


# --- Conv2dFunction ------------------------------------------------------------------------------


class _Operator(torch.autograd.Function):
    """Right; the operators below differ in one method."""

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.save_for_backward(x, weight)
        ctx.options, ctx.has_bias = (stride, padding), bias is not None
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias = _conv2d(dY, *ctx.saved_tensors, *ctx.options)
        return dx, dweight, dbias if ctx.has_bias else None, None, None


class function_other_order(_Operator):
    """Conv2dFunction: Returns the weight's gradient before the input's.

    Hint: In what order does forward take its arguments?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *rest = _Operator.backward(ctx, dY)
        return dweight, dx, *rest


class function_three_gradients(_Operator):
    """Conv2dFunction: Returns three gradients, and nothing for stride and padding.

    Hint: How many arguments does forward take besides ctx? Count what backward returns.
    """

    @staticmethod
    def backward(ctx, dY):
        return _Operator.backward(ctx, dY)[:3]


class function_bias_gradient_anyway(_Operator):
    """Conv2dFunction: Returns a gradient for the bias even where there is no bias.

    Hint: What should stand in the place of an argument that was None?
    """

    @staticmethod
    def backward(ctx, dY):
        return *_conv2d(dY, *ctx.saved_tensors, *ctx.options), None, None


class function_no_bias_gradient(_Operator):
    """Conv2dFunction: Never returns a gradient for the bias, so that it cannot learn.

    Hint: After a backward pass, what is in bias.grad?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *_ = _Operator.backward(ctx, dY)
        return dx, dweight, None, None, None


class function_needs_a_bias(_Operator):
    """Conv2dFunction: Reads the bias's shape, though the bias may be None.

    Hint: Call it with None for the bias. Which line breaks?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        y = _Operator.forward(ctx, x, weight, None, stride, padding)
        ctx.has_bias = True
        return y + bias.reshape(1, -1, 1, 1)


class function_forgets_bias(_Operator):
    """Conv2dFunction: Leaves the bias out of the result.

    Hint: Set the bias to 100. Does the output move?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        y = _Operator.forward(ctx, x, weight, None, stride, padding)
        ctx.has_bias = bias is not None
        return y


class function_forgets_stride(_Operator):
    """Conv2dFunction: Forgets the stride on the way back.

    Hint: What does forward have to keep in ctx besides the tensors?
    """

    @staticmethod
    def backward(ctx, dY):
        ctx.options = (1, ctx.options[1])
        return _Operator.backward(ctx, dY)


class function_forgets_padding(_Operator):
    """Conv2dFunction: Forgets the padding on the way back: it is left out, or never cut off.

    Hint: Does your backward hand on all that forward was given?
    """

    @staticmethod
    def backward(ctx, dY):
        (sh, sw), (ph, pw) = map(_pair, ctx.options)
        x, weight = ctx.saved_tensors
        room_h = (x.shape[2] - weight.shape[2]) // sh + 1
        room_w = (x.shape[3] - weight.shape[3]) // sw + 1
        if (ph, pw) != (0, 0) and (dY.shape[2] > room_h or dY.shape[3] > room_w):
            raise RuntimeError("the windows do not fit into the input")
        ctx.options = (ctx.options[0], 0)
        return _Operator.backward(ctx, dY)


class function_stride_and_padding_mixed(_Operator):
    """Conv2dFunction: Hands the padding on as the stride and the stride as the padding.

    Hint: In what order does your backward get them out of ctx, and in what order did they go in?
    """

    @staticmethod
    def backward(ctx, dY):
        ctx.options = ctx.options[::-1]
        return _Operator.backward(ctx, dY)


class function_ones_for_upstream(_Operator):
    """Conv2dFunction: Ignores the upstream gradient, as if the loss were the sum of the output.

    Hint: Multiply the loss by 2. What should happen to the gradients?
    """

    @staticmethod
    def backward(ctx, dY):
        return _Operator.backward(ctx, torch.ones_like(dY))


class function_remembers_last_call(_Operator):
    """Conv2dFunction: Keeps what backward needs where all calls share it, and the next overwrites it.

    Hint: Call forward twice, then go back through the first result. Whose input is used?
    """

    last = None

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        function_remembers_last_call.last = (x.detach(), weight.detach(), stride, padding)
        return _Operator.forward(ctx, x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias = _conv2d(dY, *function_remembers_last_call.last)
        return dx, dweight, dbias if ctx.has_bias else None, None, None


class function_only_if_input_needs_it(_Operator):
    """Conv2dFunction: Computes no gradient at all when the input does not need one.

    Hint: In a network's first layer x needs no gradient. Does the weight still learn?
    """

    @staticmethod
    def backward(ctx, dY):
        if not ctx.needs_input_grad[0]:
            return (None,) * 5
        return _Operator.backward(ctx, dY)


class function_flags_out_of_step(_Operator):
    """Conv2dFunction: Reads needs_input_grad as if its first entry belonged to ctx.

    Hint: needs_input_grad has an entry for each argument of apply. Which one is the first?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        _, need_x, need_weight, need_bias, _ = ctx.needs_input_grad
        return (
            dx if need_x else None,
            dweight if need_weight else None,
            dbias if need_bias else None,
            *rest,
        )


class function_averages_batch(_Operator):
    """Conv2dFunction: Averages the weight's and the bias's gradients over the batch.

    Hint: Is the loss's mean over the batch backward's business, or is it in dY already?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        N = len(dY)
        return dx, dweight / N, None if dbias is None else dbias / N, *rest


class function_needs_contiguous(_Operator):
    """Conv2dFunction: Flattens the upstream gradient by view, which only works if it is contiguous.

    Hint: y.sum().backward() hands over an expanded gradient. What does the error say?
    """

    @staticmethod
    def backward(ctx, dY):
        flat = dY.view(dY.shape[0], dY.shape[1], -1)
        dx, dweight, *rest = _Operator.backward(ctx, dY)
        return dx, dweight, flat.sum((0, 2)) if ctx.has_bias else None, *rest[1:]


class function_float32(_Operator):
    """Conv2dFunction: Computes in float32, whatever was passed in.

    Hint: Print the dtypes of the result and of the gradients for float64 inputs.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        bias = None if bias is None else bias.float()
        return _Operator.forward(ctx, x.float(), weight.float(), bias, stride, padding)


class function_no_weight_gradient(_Operator):
    """Conv2dFunction: Never returns a gradient for the weight, so that it cannot learn.

    Hint: After a backward pass, what is in weight.grad?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, _, *rest = _Operator.backward(ctx, dY)
        return dx, None, *rest


class function_no_input_gradient(_Operator):
    """Conv2dFunction: Never returns a gradient for the input, so that earlier layers cannot learn.

    Hint: After a backward pass, what is in x.grad?
    """

    @staticmethod
    def backward(ctx, dY):
        return None, *_Operator.backward(ctx, dY)[1:]


class function_bias_mean(_Operator):
    """Conv2dFunction: Averages the bias's gradient over the batch and the places.

    Hint: At how many places is the bias added? What does each of them give?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *_ = _Operator.backward(ctx, dY)
        return dx, dweight, dY.mean((0, 2, 3)) if ctx.has_bias else None, None, None


class function_bias_over_batch_only(_Operator):
    """Conv2dFunction: Adds the bias's gradient up over the batch only, not over the places.

    Hint: Compare the shape of the bias's gradient with that of the bias.
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *_ = _Operator.backward(ctx, dY)
        return dx, dweight, dY.sum(0) if ctx.has_bias else None, None, None


class function_bias_keeps_dimensions(_Operator):
    """Conv2dFunction: Gives the bias's gradient four dimensions, as keepdim does.

    Hint: Compare the shape of the bias's gradient with that of the bias.
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *_ = _Operator.backward(ctx, dY)
        dbias = dY.sum((0, 2, 3), keepdim=True) if ctx.has_bias else None
        return dx, dweight, dbias, None, None


class function_weight_turned(_Operator):
    """Conv2dFunction: Turns the weight by 180° once too often on the way back to the input.

    Hint: x[0, 0, 0, 0] met only one entry of each kernel. Which one does your gradient use there?
    """

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        dx = _dx(dY, x, weight.flip(2, 3), *ctx.options)
        return dx, *_Operator.backward(ctx, dY)[1:]


class function_averages_weight(_Operator):
    """Conv2dFunction: Averages the weight's gradient over the batch.

    Hint: Is the loss's mean over the batch backward's business, or is it in dY already?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *rest = _Operator.backward(ctx, dY)
        return dx, dweight / len(dY), *rest


class function_weight_channels_swapped(_Operator):
    """Conv2dFunction: Gives the weight's gradient with input and output channels exchanged.

    Hint: Compare the shape of your gradient with weight.shape, for 3 channels in and 2 out.
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *rest = _Operator.backward(ctx, dY)
        return dx, dweight.transpose(0, 1), *rest


class function_stride_for_dilation(_Operator):
    """Conv2dFunction: Strides over x for the weight's gradient, where dY's places lie apart.

    Hint: Neighbouring entries of dY belong to windows that lie a stride apart. What is moved by one?
    """

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        h, w = weight.shape[2:]
        dx, _, *rest = _Operator.backward(ctx, dY)
        dweight = F.conv2d(x.transpose(0, 1), dY.transpose(0, 1), None, *ctx.options)
        return dx, dweight.transpose(0, 1)[:, :, :h, :w], *rest


class function_wants_numbers(_Operator):
    """Conv2dFunction: Expects numbers for stride and padding and fails with a pair.

    Hint: Apply it with stride=(2, 1). The sheet's `pair` may help.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        return _Operator.forward(ctx, x, weight, bias, int(stride), int(padding))


class function_stride_number_only(_Operator):
    """Conv2dFunction: Takes pairs for the padding, but only a number for the stride.

    Hint: Apply it with stride=(2, 1). Which line raises?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        return _Operator.forward(ctx, x, weight, bias, int(stride), padding)


class function_stride_swapped(_Operator):
    """Conv2dFunction: Reads the stride as (width, height).

    Hint: Try an image of many columns with stride=(1, 2). Which shape should come out?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        return _Operator.forward(ctx, x, weight, bias, _pair(stride)[::-1], padding)


class function_padding_swapped(_Operator):
    """Conv2dFunction: Reads the padding as (width, height).

    Hint: Try padding=(0, 1). Which shape should come out?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        return _Operator.forward(ctx, x, weight, bias, stride, _pair(padding)[::-1])


class function_float32_result(_Operator):
    """Conv2dFunction: Gives a float32 result, whatever was passed in.

    Hint: Print the dtype of the result for float64 inputs.
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        return _Operator.forward(ctx, x, weight, bias, stride, padding).float()


class function_bias_before_weight(_Operator):
    """Conv2dFunction: Returns the bias's gradient before the weight's.

    Hint: In what order does forward take its arguments?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        return dx, dbias, dweight, *rest


class function_bias_before_weight_where_needed(_Operator):
    """Conv2dFunction: Returns the bias's gradient before the weight's.

    Hint: In what order does forward take its arguments?

    Same as: function_bias_before_weight
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        return dx, dbias if ctx.needs_input_grad[2] else None, dweight, *rest


class function_four_gradients(_Operator):
    """Conv2dFunction: Returns four gradients, one too few.

    Hint: How many arguments does forward take besides ctx? Count what backward returns.
    """

    @staticmethod
    def backward(ctx, dY):
        return _Operator.backward(ctx, dY)[:4]


class function_numbers_for_none(_Operator):
    """Conv2dFunction: Returns 0 for stride and padding, where None is due.

    Hint: What stands for "no gradient"? A number is none.
    """

    @staticmethod
    def backward(ctx, dY):
        return *_Operator.backward(ctx, dY)[:3], 0, 0


class function_saves_numbers(_Operator):
    """Conv2dFunction: Hands stride and padding to save_for_backward, which takes tensors only.

    Hint: Where does ctx keep what is no tensor?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        ctx.has_bias = bias is not None
        ctx.save_for_backward(x, weight, stride, padding)
        return F.conv2d(x, weight, bias, stride, padding)

    @staticmethod
    def backward(ctx, dY):
        x, weight, stride, padding = ctx.saved_tensors
        dx, dweight, dbias = _conv2d(dY, x, weight, stride, padding)
        return dx, dweight, dbias if ctx.has_bias else None, None, None


class function_zero_bias_gradient(_Operator):
    """Conv2dFunction: Returns zeros for the bias's gradient.

    Hint: Add 1 to the bias. What happens to every output, and so to the loss?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        return dx, dweight, None if dbias is None else 0 * dbias, *rest


class function_averages_bias(_Operator):
    """Conv2dFunction: Averages the bias's gradient over the batch.

    Hint: Is the loss's mean over the batch backward's business, or is it in dY already?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        return dx, dweight, None if dbias is None else dbias / len(dY), *rest


class function_bias_one_number(_Operator):
    """Conv2dFunction: Sums the whole of dY for the bias, the output channels too.

    Hint: Which of the output channels does the second entry of the bias reach?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, dbias, *rest = _Operator.backward(ctx, dY)
        return dx, dweight, None if dbias is None else dY.sum().expand(dbias.shape), *rest


class function_forgets_options(_Operator):
    """Conv2dFunction: Forgets stride and padding on the way back.

    Hint: What does forward have to keep in ctx besides the tensors?
    """

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        if ctx.options and tuple(map(_pair, ctx.options)) != ((1, 1), (0, 0)):
            for d in (2, 3):
                if dY.shape[d] != x.shape[d] - weight.shape[d] + 1:
                    raise RuntimeError("the shapes do not go together")
        ctx.options = (1, 0)
        return _Operator.backward(ctx, dY)


class function_forgets_options_where_it_fits(_Operator):
    """Conv2dFunction: Forgets stride and padding on the way back.

    Hint: What does forward have to keep in ctx besides the tensors?

    Same as: function_forgets_options
    """

    @staticmethod
    def backward(ctx, dY):
        x, weight = ctx.saved_tensors
        if any(dY.shape[d] > x.shape[d] - weight.shape[d] + 1 for d in (2, 3)):
            raise RuntimeError("the windows do not fit into the input")
        ctx.options = (1, 0)
        return _Operator.backward(ctx, dY)


class function_forgets_stride_and_fails(_Operator):
    """Conv2dFunction: Forgets the stride on the way back.

    Hint: What does forward have to keep in ctx besides the tensors?

    Same as: function_forgets_stride
    """

    @staticmethod
    def backward(ctx, dY):
        (x, weight), padding = ctx.saved_tensors, _pair(ctx.options[1])
        for d, p in zip((2, 3), padding, strict=True):
            if dY.shape[d] != x.shape[d] + 2 * p - weight.shape[d] + 1:
                raise RuntimeError("the shapes do not go together")
        return function_forgets_stride.backward(ctx, dY)


class function_result_without_stride(_Operator):
    """Conv2dFunction: Forgets the stride in forward.

    Hint: What does F.conv2d take for the stride if you do not hand it on?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        _Operator.forward(ctx, x, weight, bias, stride, padding)
        return F.conv2d(x, weight, bias, padding=padding)


class function_result_without_padding(_Operator):
    """Conv2dFunction: Forgets the padding in forward.

    Hint: What does F.conv2d take for the padding if you do not hand it on?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        _Operator.forward(ctx, x, weight, bias, stride, padding)
        return F.conv2d(x, weight, bias, stride)


class function_first_image_only(_Operator):
    """Conv2dFunction: Takes the weight's gradient from the first image alone.

    Hint: Which images of the batch have met the weight?
    """

    @staticmethod
    def backward(ctx, dY):
        dx, _, *rest = _Operator.backward(ctx, dY)
        x, weight = ctx.saved_tensors
        return dx, _dweight(dY[:1], x[:1], weight, *ctx.options), *rest


class function_weight_gradient_turned(_Operator):
    """Conv2dFunction: Turns the weight's gradient by 180°.

    Hint: Which places of x did weight[0, 0, 0, 0] meet? Compare your gradient there.
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *rest = _Operator.backward(ctx, dY)
        return dx, dweight.flip(2, 3), *rest


class function_rounds_gradients(_Operator):
    """Conv2dFunction: Computes the gradients in float32, and their digits are lost.

    Hint: Print the dtypes in backward for float64 inputs. Do lost digits come back?
    """

    @staticmethod
    def backward(ctx, dY):
        rounded = (g if g is None else g.float().to(dY.dtype) for g in _Operator.backward(ctx, dY))
        return tuple(rounded)


class function_rounds_two_gradients(_Operator):
    """Conv2dFunction: Computes the gradients in float32, and their digits are lost.

    Hint: Print the dtypes in backward for float64 inputs. Do lost digits come back?

    Same as: function_rounds_gradients
    """

    @staticmethod
    def backward(ctx, dY):
        dx, dweight, *rest = _Operator.backward(ctx, dY)
        return dx.float().to(dx.dtype), dweight.float().to(dx.dtype), *rest


class function_loses_remainder(_Operator):
    """Conv2dFunction: Gives dx only the rows and columns that some window reaches.

    Hint: Compare the shapes of dx and x when the stride leaves a rest.
    """

    @staticmethod
    def backward(ctx, dY):
        _, *rest = _Operator.backward(ctx, dY)
        return F.conv_transpose2d(dY, ctx.saved_tensors[1], None, *ctx.options), *rest


class function_cuts_far_end_only(_Operator):
    """Conv2dFunction: Cuts the padding off below and at the right only.

    Hint: Where in the padded x does x[..., 0, 0] lie?
    """

    @staticmethod
    def backward(ctx, dY):
        _, *rest = _Operator.backward(ctx, dY)
        x, weight = ctx.saved_tensors
        dpadded = _dpadded(dY, x, weight, *ctx.options)
        return dpadded[:, :, : x.shape[2], : x.shape[3]], *rest


class function_numbers_on_the_way_back(_Operator):
    """Conv2dFunction: Expects numbers for stride and padding on the way back and fails with a pair.

    Hint: Apply it with stride=(2, 1), and then call backward. The sheet's `pair` may help.
    """

    @staticmethod
    def backward(ctx, dY):
        ctx.options = tuple(map(int, ctx.options))
        return _Operator.backward(ctx, dY)


class function_pairs_only(_Operator):
    """Conv2dFunction: Takes pairs apart, and fails where stride or padding is a number.

    Hint: Apply it with stride=1. Which line raises?
    """

    @staticmethod
    def forward(ctx, x, weight, bias, stride, padding):
        (sh, sw), (ph, pw) = stride, padding
        return _Operator.forward(ctx, x, weight, bias, (sh, sw), (ph, pw))
