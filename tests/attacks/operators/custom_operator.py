"""An operator of one's own around the one that is not allowed."""
# expect: corr2d=none forbidden

@torch.library.custom_op("mine::slide", mutates_args=())
def slide(x: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
    return F.conv2d(x, k).clone()
def corr2d(X, K):
    return slide(X[None, None], K[None, None])[0, 0]
