"""A reply before there was a call."""
# expect: corr2d=all

send(reply(2, value=1))
