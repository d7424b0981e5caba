"""Sends signals to the worker, the group and itself."""
# expect: corr2d=none error

import os, signal
def corr2d(X, K):
    done = 0
    for send in (lambda: os.kill(os.getppid(), signal.SIGTERM), lambda: os.killpg(os.getpgrp(), signal.SIGCONT), lambda: os.kill(os.getpid(), signal.SIGCONT), lambda: signal.setitimer(signal.ITIMER_REAL, 100), lambda: signal.pidfd_send_signal(os.pidfd_open(os.getppid()), signal.SIGTERM)):
        try:
            send()
            done += 1
        except OSError:
            pass
    if not done:
        raise PermissionError("none")
    return X
