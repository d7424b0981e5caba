"""Memory that belongs to no process."""
# expect: corr2d=none

import mmap, os
def corr2d(X, K):
    parts = []
    for _ in range(100):
        try:
            file = os.memfd_create("x")
            os.ftruncate(file, 64 << 20)
            parts.append(mmap.mmap(file, 64 << 20))
        except OSError:
            parts.append(mmap.mmap(-1, 64 << 20))
        parts[-1].write(b"x" * (64 << 20))
    return X
