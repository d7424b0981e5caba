"""Under autocast."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return F.conv2d(X[None, None].float(), K[None, None].float())[0, 0].to(X.dtype)
