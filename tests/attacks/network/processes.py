"""Starts processes in every way that Python has."""
# expect: corr2d=none error

import multiprocessing, os, subprocess
def corr2d(X, K):
    done = 0
    for start in (lambda: subprocess.run(["/bin/sh", "-c", "echo x > @DROP@/sub"]), lambda: os.posix_spawn("/bin/sh", ["sh", "-c", "echo x > @DROP@/spawn"], {}), lambda: multiprocessing.get_context("fork").Process(target=print).start(), lambda: os.forkpty(), lambda: os.popen("echo x > @DROP@/popen").read()):
        try:
            start()
            done += 1
        except OSError:
            pass
    if not done:
        raise PermissionError("none")
    return X
