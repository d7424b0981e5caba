"""A tensor with strides out of its storage."""
# expect: everything=none rejected

replace_reply(lambda r: {**r, "value": {"tensor": "0", "size": [10**9], "stride": [10**9]}})
