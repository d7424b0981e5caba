"""A reply with a verdict in it."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "status": "passed"})
