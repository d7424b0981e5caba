"""A reply that stops in the middle."""
# expect: corr2d=none

import os, struct
def corr2d(X, K):
    send(struct.pack("!II", 1000, 0) + b"{")
    os._exit(0)
