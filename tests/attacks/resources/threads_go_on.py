"""Threads that go on computing after the call."""
# expect: corr2d=all

import threading
right = corr2d
def burn():
    x = torch.ones(300, 300)
    while True:
        x @ x
def corr2d(X, K):
    if threading.active_count() < 3:
        threading.Thread(target=burn, daemon=True).start()
    return right(X, K)
