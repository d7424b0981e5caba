"""Without autograd."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    with torch.inference_mode():
        return F.conv2d(X[None, None], K[None, None])[0, 0].clone()
