"""A reply that stops in the middle and never goes on."""
# expect: corr2d=none timeout

import struct, time
def corr2d(X, K):
    send(struct.pack("!II", 1000, 0) + b"{")
    time.sleep(10**6)
