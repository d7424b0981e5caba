"""oneDNN's convolution, called directly."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    return torch.ops.aten.mkldnn_convolution(X[None, None].float(), K[None, None].float(), None, [0, 0], [1, 1], [1, 1], 1)[0, 0].to(X.dtype)
