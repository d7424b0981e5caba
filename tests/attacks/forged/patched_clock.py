"""A clock that runs backward."""
# expect: corr2d=all

import time
time.perf_counter = iter([1e308, -1e308] * 1000).__next__
