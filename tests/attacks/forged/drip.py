"""A reply of one byte at a time."""
# expect: corr2d=none timeout

import struct, time
def corr2d(X, K):
    send(struct.pack("!II", 100_000, 0))
    while True:
        send(b" ")
        time.sleep(0.01)
