"""Lists of lists."""
# expect: corr2d=none memory

def corr2d(X, K):
    parts = []
    while True:
        parts.append(bytearray(32 << 20))
