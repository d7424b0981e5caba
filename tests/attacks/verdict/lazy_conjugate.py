"""A control: the right values behind a lazy negation and odd strides."""
# expect: corr2d=all

right = corr2d
def corr2d(X, K):
    return torch._neg_view(-right(X, K)).t().contiguous().t()
