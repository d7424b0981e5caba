"""An array of another library."""
# expect: corr2d=none rejected

right = corr2d
def corr2d(X, K):
    return right(X, K).detach().numpy()
