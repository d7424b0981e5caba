"""A control: the largest of a view."""
# expect: pool2=all

def pool2(X):
    return X.reshape(X.shape[0] // 2, 2, X.shape[1] // 2, 2).amax((1, 3))
