"""A value that is nested deeply."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "value": nest(400)})
