# %%
import torch
import torch.nn.functional as F


def pair(value):
    return (value, value) if isinstance(value, int) else value

# %%
def pool2d(X, pool_size, mode="max"):
    if mode not in ("max", "avg"):
        raise ValueError("mode must be max or avg")
    h, w = pair(pool_size)
    if mode == "avg" and not X.is_floating_point():
        X = X.double()
    rows = []
    for i in range(X.shape[0] - h + 1):
        row = []
        for j in range(X.shape[1] - w + 1):
            window = X[i:i + h, j:j + w]
            row.append(window.max() if mode == "max" else window.mean())
        rows.append(torch.stack(row))
    return torch.stack(rows)

# %%
def number_of_windows(n, k, s, p, ceil_mode):
    steps = n + 2 * p - k
    if not ceil_mode:
        return steps // s + 1
    count = -(-steps // s) + 1      # -(-a // b) rounds up
    if (count - 1) * s >= n + p:
        count -= 1
    return count

# %%
def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    h, w = pair(kernel_size)
    sh, sw = pair(kernel_size if stride is None else stride)
    ph, pw = pair(padding)
    if 2 * ph > h or 2 * pw > w:
        raise ValueError("too much padding")
    oh = number_of_windows(x.shape[2], h, sh, ph, ceil_mode)
    ow = number_of_windows(x.shape[3], w, sw, pw, ceil_mode)
    # zero padding, as always
    P = F.pad(x, (pw, pw + sw, ph, ph + sh))
    Y = None
    for a in range(h):
        for b in range(w):
            shifted = P[:, :, a:a + (oh - 1) * sh + 1:sh, b:b + (ow - 1) * sw + 1:sw]
            Y = shifted if Y is None else torch.maximum(Y, shifted)
    return Y

# %%
def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    h, w = pair(kernel_size)
    sh, sw = pair(kernel_size if stride is None else stride)
    ph, pw = pair(padding)
    if 2 * ph > h or 2 * pw > w:
        raise ValueError("too much padding")
    H, W = x.shape[2:]
    oh = number_of_windows(H, h, sh, ph, ceil_mode)
    ow = number_of_windows(W, w, sw, pw, ceil_mode)
    P = F.pad(x, (pw, pw + sw, ph, ph + sh))
    Y = torch.zeros(x.shape[0], x.shape[1], oh, ow, dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            top, left = i * sh, j * sw
            Y[:, :, i, j] = P[:, :, top:top + h, left:left + w].sum((2, 3))
            if count_include_pad:
                n = (min(top + h, H + 2 * ph) - top) * (min(left + w, W + 2 * pw) - left)
            else:
                n = (min(top + h, ph + H) - max(top, ph)) * (min(left + w, pw + W) - max(left, pw))
            Y[:, :, i, j] /= n
    return Y

# %%
if __name__ == "__main__":
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    print(max_pool2d(x, 3, stride=2, padding=1))  # [[5, 7], [13, 15]] ok
    print(avg_pool2d(x, 3, stride=2, padding=1, count_include_pad=False))  # [[2.5, 4], [8.5, 10]] ok
