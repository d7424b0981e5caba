"""Tells the environment."""
# expect: corr2d=all

import os
raise RuntimeError(repr(dict(os.environ)) + repr(os.environb))
