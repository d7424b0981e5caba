"""Hundreds of threads."""
# expect: corr2d=none

import threading, time
def corr2d(X, K):
    threading.stack_size(64 << 10)
    for _ in range(600):
        threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
    return X
