"""An operator that exists in TorchScript only and goes round the dispatcher."""
# expect: corr2d=none

def corr2d(X, K):
    return torch.ops.prim.mkldnn_convolution(X[None, None].float(), K[None, None].float(), None, [1, 1], [0, 0], [1, 1], 1)[0, 0].to(X.dtype)
