"""Changes its own and another's hand-in."""
# expect: corr2d=none

import os
def corr2d(X, K):
    for file in ("@OTHER@", "@COURSE@/course.yml", "@HIDDEN@"):
        for change in (os.remove, lambda f: os.chmod(f, 0), lambda f: os.truncate(f, 0), lambda f: os.rename(f, f + ".x"), lambda f: os.symlink(f, "@DROP@/link"), lambda f: os.link(f, "@DROP@/hard"), lambda f: os.utime(f, (0, 0)), lambda f: open(f, "a").write("x")):
            try:
                change(file)
            except OSError:
                pass
    return X
