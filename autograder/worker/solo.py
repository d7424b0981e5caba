"""One program in a process of its own, for systems without a warm fork: macOS and Windows.

The judge listens on the loopback interface; this process connects, shows the secret it was started
with, reads ``{"max_reply", "forbidden"}`` as a frame and then speaks the protocol of
:mod:`autograder.worker`. There is no lock here: it is for students, who check their own code.
"""

from __future__ import annotations

import os
import socket
import sys
import warnings

from autograder.worker import protocol
from autograder.worker.child import Child
from autograder.worker.operators import Guard

MAX_FIRST_FRAME = 4096
SECRET_VARIABLE = "AUTOGRADER_SECRET"


def main(port: int) -> None:
    """Connect, then answer requests until the judge hangs up. Never returns."""
    warnings.simplefilter("ignore")
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(os.environ.pop(SECRET_VARIABLE).encode())
    read = reader(connection)
    first, _ = protocol.read_frame(read, MAX_FIRST_FRAME)
    sys.argv[:] = [""]
    status = 1
    try:
        guard = Guard()
        guard.arm(frozenset(first["forbidden"]))
        Child(read, connection.sendall, int(first["max_reply"]), guard).serve()
        status = 0
    finally:
        os._exit(status)


def reader(connection: socket.socket) -> protocol.Read:
    """Exactly n bytes from a blocking socket; EOFError when it is closed."""

    def read(size: int) -> bytearray:
        buffer = bytearray(size)
        view = memoryview(buffer)
        while view:
            count = connection.recv_into(view)
            if not count:
                raise EOFError
            view = view[count:]
        return buffer

    return read


if __name__ == "__main__":
    main(int(sys.argv[1]))
