"""A tensor that is not there."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "value": {"tensor": "77"}})
