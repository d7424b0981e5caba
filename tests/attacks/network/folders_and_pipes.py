"""Makes a folder, a pipe, a device."""
# expect: corr2d=none error

import os
def corr2d(X, K):
    done = 0
    for make in (lambda: os.mkdir("@DROP@/folder"), lambda: os.mkfifo("@DROP@/pipe"), lambda: os.mknod("@DROP@/node"), lambda: os.memfd_create("m"), lambda: os.open("@DROP@", os.O_TMPFILE | os.O_RDWR), lambda: os.chroot("@DROP@")):
        try:
            make()
            done += 1
        except OSError:
            pass
    if not done:
        raise PermissionError("none")
    return X
