"""A problem with the gradients that there is not."""
# expect: everything=none

replace_reply(lambda r: {**r, "value": None, "gradients": {"problem": "shape"}})
