"""Text that runs backward."""
# expect: corr2d=all

raise ValueError("\u202eDELLIAF\u2066\u200f\ufeff\u2028\x00\x85")
