"""A formula for a spreadsheet."""
# expect: corr2d=all

raise ValueError('=HYPERLINK("http://127.0.0.1","x")\n+1+cmd|x\n@SUM(1)')
