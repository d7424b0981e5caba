"""Reads the hidden tests and tells them in an exception."""
# expect: corr2d=all

raise RuntimeError(open("@HIDDEN@").read())
