"""A blob whose header points outside."""
# expect: corr2d=none rejected

def corr2d(X, K):
    send(frame({"id": 1}, b"\x10\x00\x00\x00\x00\x00\x00\x00" + b'{"0":{"dtype":9}'))
    return X
