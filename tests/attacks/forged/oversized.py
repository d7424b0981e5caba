"""A length of four gigabytes."""
# expect: corr2d=none rejected

import struct
def corr2d(X, K):
    send(struct.pack("!II", 2**32 - 1, 2**32 - 1))
    return X
