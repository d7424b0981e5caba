"""Gradients that are no tensors."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "gradients": {"0": "big", "1": [1]}})
