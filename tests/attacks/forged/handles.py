"""Handles that were never given out."""
# expect: everything=none

replace_reply(lambda r: {**r, "handle": -(2**63), "value": None})
