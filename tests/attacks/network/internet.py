"""Connects to somewhere."""
# expect: corr2d=none error

import socket
def corr2d(X, K):
    return socket.create_connection(("127.0.0.1", 9), timeout=0.2)
