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
    requests = protocol.Reader(connection.recv)
    first, _ = protocol.read_frame(requests.read, MAX_FIRST_FRAME)
    sys.argv[:] = [""]
    status = 1
    try:
        guard = Guard()
        guard.arm(frozenset(first["forbidden"]))
        Child(requests, connection.sendall, int(first["max_reply"]), guard).serve()
        status = 0
    finally:
        os._exit(status)


if __name__ == "__main__":
    main(int(sys.argv[1]))
