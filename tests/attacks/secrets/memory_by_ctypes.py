"""The environment where it lay when the process was started."""
# expect: corr2d=all

import ctypes
start = ctypes.c_void_p.in_dll(ctypes.CDLL(None), "environ").value
raise RuntimeError(repr(ctypes.string_at(start, 5000)))
