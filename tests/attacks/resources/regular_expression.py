"""A search that backtracks for ever."""
# expect: corr2d=none timeout

import re
def corr2d(X, K):
    return re.match(r"(a+)+$", "a" * 60 + "b")
