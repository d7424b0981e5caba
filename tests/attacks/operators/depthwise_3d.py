"""The kernel for depthwise convolutions."""
# expect: corr2d=none

def corr2d(X, K):
    return torch.ops.aten.conv_depthwise3d(X[None, None, None], K[None, None, None], [1, *K.shape], None, [1, 1, 1], [0, 0, 0], [1, 1, 1])[0, 0, 0]
