"""A megabyte of text."""
# expect: corr2d=all

raise ValueError("x" * 1_000_000)
