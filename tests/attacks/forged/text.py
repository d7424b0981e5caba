"""A message that is not JSON."""
# expect: corr2d=none rejected

def corr2d(X, K):
    send(frame(b"{not json"))
    return X
