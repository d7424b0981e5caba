"""Waits for an event that never comes."""
# expect: corr2d=none timeout

import threading
def corr2d(X, K):
    threading.Event().wait()
