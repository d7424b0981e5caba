"""NaN for a time."""
# expect: everything=none

replace_reply(lambda r: {**r, "seconds": float("nan"), "value": 1})
