"""An integer of four thousand digits."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "value": 10**4000})
