"""Keeps a hidden input for the next time it is loaded."""
# expect: corr2d=none

import os
kept = [f"{d}/kept-@NAME@" for d in ("/dev/shm", "/tmp", "/var/tmp", ".", "@DROP@")]
for file in kept:
    try:
        raise RuntimeError(open(file).read())
    except OSError:
        pass
def corr2d(X, K):
    for file in kept:
        try:
            open(file, "w").write(str(X.tolist()))
        except OSError:
            pass
    os.environ["KEPT"] = str(X.tolist())
    os._exit(1)
