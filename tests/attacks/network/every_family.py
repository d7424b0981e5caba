"""Sockets of every family."""
# expect: corr2d=none error

import socket
def corr2d(X, K):
    for family in range(45):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind)
                return X
            except OSError:
                pass
    raise PermissionError("none")
