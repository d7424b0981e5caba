"""Top-level code that never ends."""
# expect: corr2d=all

while True:
    pass
