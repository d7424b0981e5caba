"""A prepacked convolution."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    packed = torch.ops.mkldnn_prepacked.conv2d_prepack(K[None, None].float(), None, [1, 1], [0, 0], [1, 1], 1, [1, 1, *X.shape], "none")
    return torch.ops.mkldnn_prepacked.conv2d_run(X[None, None].float(), packed)[0, 0].to(X.dtype)
