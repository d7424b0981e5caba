"""A reply from a thread, when the real one has gone."""
# expect: corr2d=none double=any

import threading, time
def later():
    time.sleep(0.002)
    send(reply(3, value=1))
def corr2d(X, K):
    threading.Thread(target=later, daemon=True).start()
    return X.double()
