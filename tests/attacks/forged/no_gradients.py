"""Gradients without names."""
# expect: everything=none

replace_reply(lambda r: {**r, "value": None, "gradients": {}})
