"""Whole numbers by the quantised convolution."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    q = torch.quantize_per_tensor(X[None, None].float(), 1.0, 0, torch.quint8)
    k = torch.quantize_per_tensor(K[None, None].float(), 1.0, 0, torch.qint8)
    packed = torch.ops.quantized.conv2d_prepack(k, None, [1, 1], [0, 0], [1, 1], 1)
    return torch.ops.quantized.conv2d(q, packed, 1.0, 0).dequantize()[0, 0].to(X.dtype)
