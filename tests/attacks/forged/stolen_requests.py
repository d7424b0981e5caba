"""A thread that reads the requests away."""
# expect: corr2d=none

import os, threading
def steal():
    while True:
        os.read(SOCKET, 10)
def corr2d(X, K):
    threading.Thread(target=steal, daemon=True).start()
    return X
