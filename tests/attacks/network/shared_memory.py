"""Shared memory by name, and torch's own."""
# expect: corr2d=none error

from multiprocessing import shared_memory
def corr2d(X, K):
    try:
        X.share_memory_()
    except RuntimeError:
        pass
    return shared_memory.SharedMemory(name="kept", create=True, size=100)
