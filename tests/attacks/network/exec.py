"""Becomes another program."""
# expect: corr2d=none error

import os
def corr2d(X, K):
    os.execv("/bin/sh", ["sh", "-c", "echo x > @DROP@/exec; sleep 100"])
