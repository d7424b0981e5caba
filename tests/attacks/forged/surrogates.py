"""Lone surrogates where text is shown."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "raised": {"kinds": ["ValueError"], "text": "\ud800", "place": None, "line": None}})
