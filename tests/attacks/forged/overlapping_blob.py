"""A blob with overlapping tensors of impossible shapes."""
# expect: corr2d=none rejected

import json
def corr2d(X, K):
    header = json.dumps({"0": {"dtype": "F64", "shape": [2**40, 2**40], "data_offsets": [0, 8]}}).encode()
    send(frame({"id": 1}, len(header).to_bytes(8, "little") + header + b"x" * 8))
    return X
