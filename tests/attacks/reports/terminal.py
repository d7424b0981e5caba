"""Terminal escapes while loading."""
# expect: corr2d=all

print("\x1b]0;owned\x07\x1b[2J\x1b[31m\x9b31m")
raise ValueError("\x1b]0;owned\x07\x1b[2J\x1b[1A\x1b[31mPASSED\x9b2J")
