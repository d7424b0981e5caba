"""Each reply twice."""
# expect: everything=none

import autograder.worker.protocol as protocol
real = protocol.encode_frame
protocol.encode_frame = lambda header, tensors: real(header, tensors) * 2
def corr2d(X, K):
    return X
