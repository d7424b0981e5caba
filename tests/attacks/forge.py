"""What the forged replies are made with."""

import json
import os
import stat
import struct

import autograder.worker.protocol as protocol


def find_socket():
    for descriptor in range(3, 1024):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                return descriptor
        except OSError:
            continue
    return None


SOCKET = find_socket()


def send(data):
    while data:
        data = data[os.write(SOCKET, data) :]


def frame(header, blob=b""):
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("!II", len(text), len(blob)) + text + blob


def reply(number, **parts):
    whole = {"modified": [], "printed": "", "printed_bytes": 0, "operators": [], "seconds": 0.0}
    return frame({"id": number, "replies": [{**whole, **parts}]})


def replace_reply(change):
    """Let a function change what is sent for ``corr2d``, whatever it returned."""
    real = protocol.encode_frame

    def encode(header, tensors):
        if "replies" in header:
            header["replies"] = [change(reply) for reply in header["replies"]]
        return real(header, tensors)

    protocol.encode_frame = encode


def nest(depth):
    value = 1
    for _ in range(depth):
        value = {"list": [value]}
    return value
