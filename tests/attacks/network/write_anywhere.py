"""Writes files wherever it can."""
# expect: corr2d=none

import os, tempfile
def corr2d(X, K):
    for folder in ("@DROP@", "@OUT@", "@COURSE@", ".", "/tmp", "/var/tmp", "/dev/shm", "/run", os.path.dirname(torch.__file__)):
        try:
            open(os.path.join(folder, "dropped-@NAME@"), "w").write("x")
        except OSError:
            pass
    try:
        tempfile.mkstemp()
    except OSError:
        pass
    return X
