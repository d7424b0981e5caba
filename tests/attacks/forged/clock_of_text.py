"""A clock that tells a story."""
# expect: everything=none

import time
time.perf_counter = lambda: "noon"
