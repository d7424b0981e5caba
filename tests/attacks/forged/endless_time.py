"""A time that is not a time."""
# expect: everything=none

replace_reply(lambda r: {**r, "seconds": 1e308, "value": 1})
