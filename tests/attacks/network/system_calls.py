"""System calls that Python has no name for: ptrace, io_uring, userfaultfd."""
# expect: corr2d=none error

import ctypes
def corr2d(X, K):
    libc = ctypes.CDLL(None)
    return [libc.syscall(number, 0, 0, 0) for number in (101, 425, 323)]
