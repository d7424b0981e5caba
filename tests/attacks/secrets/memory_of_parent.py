"""The parent's memory."""
# expect: corr2d=all

import os
for pid in (os.getppid(), os.getpid()):
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
        raise RuntimeError(maps.read())
