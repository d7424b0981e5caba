"""Handlers for the end of the process."""
# expect: corr2d=all

import atexit, signal, weakref
def drop(*args):
    open("@DROP@/exit", "w")
atexit.register(drop)
for number in range(1, 32):
    try:
        signal.signal(number, drop)
    except (OSError, ValueError):
        pass
weakref.finalize(corr2d, drop)
