"""A thread that waits for the next student."""
# expect: corr2d=all

import threading, time
right = corr2d
def later():
    time.sleep(3)
    open("@DROP@/later", "w")
def corr2d(X, K):
    threading.Thread(target=later, daemon=True).start()
    return right(X, K)
