"""In another thread, joined."""
# expect: corr2d=none forbidden

import threading
def corr2d(X, K):
    found = []
    thread = threading.Thread(target=lambda: found.append(F.conv2d(X[None, None], K[None, None])[0, 0]))
    thread.start()
    thread.join()
    return found[0]
