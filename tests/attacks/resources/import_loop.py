"""Sleeps while loading."""
# expect: corr2d=all

import time
time.sleep(10**6)
