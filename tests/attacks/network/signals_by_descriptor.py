"""Has the kernel send a signal to the worker when the socket moves."""
# expect: corr2d=none error

import fcntl, os
def corr2d(X, K):
    for fd in range(3, 64):
        try:
            fcntl.fcntl(fd, fcntl.F_SETOWN, os.getppid())
            fcntl.fcntl(fd, fcntl.F_SETFL, os.O_ASYNC)
            return X
        except OSError:
            pass
    raise PermissionError("none")
