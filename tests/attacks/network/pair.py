"""A pair of sockets."""
# expect: corr2d=none error

import socket
def corr2d(X, K):
    return socket.socketpair()
