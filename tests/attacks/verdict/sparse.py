"""The right values in a sparse tensor."""
# expect: corr2d=none rejected

right = corr2d
def corr2d(X, K):
    return right(X, K).to_sparse()
