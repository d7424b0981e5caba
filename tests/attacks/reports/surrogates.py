"""Text that is not Unicode."""
# expect: corr2d=all

raise ValueError("\ud800\udfff\udc00")
