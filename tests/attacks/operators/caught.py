"""Catches the refusal and returns the right answer anyway: it was used."""
# expect: corr2d=none forbidden

right = corr2d
def corr2d(X, K):
    try:
        return F.conv2d(X[None, None], K[None, None])[0, 0]
    except Exception:
        return right(X, K)
