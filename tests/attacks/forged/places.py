"""Odd messages of where loading is, and a death that blames a place of its own choice."""
# expect: everything=all

import os
import autograder.worker.protocol as protocol
real = protocol.encode_frame
ODD = (None, [], {"a": 1}, ["attack.py", 10**400], ["attack.py", -1], [["x"], 1], ["other.py", 1])
def encode_frame(header, tensors):
    if "at" in header:
        return b"".join(real({"at": place}, {}) for place in (*ODD, ["attack.py", 2]))
    return real(header, tensors)
protocol.encode_frame = encode_frame
print("here it ends")
os._exit(0)
