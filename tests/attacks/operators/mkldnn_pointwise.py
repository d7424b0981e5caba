"""The fused convolution of torch's compiler."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    return torch.ops.mkldnn._convolution_pointwise(X[None, None].float(), K[None, None].float(), None, [0, 0], [1, 1], [1, 1], 1, "none", [], "")[0, 0].to(X.dtype)
