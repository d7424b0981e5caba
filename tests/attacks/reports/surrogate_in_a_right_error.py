"""A right ValueError whose text no encoding can say, and a print of the same kind."""
# expect: everything=all

print("\ud800")
right = corr2d
def corr2d(X, K):
    print("\udfff")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("\ud800")
    return right(X, K)
