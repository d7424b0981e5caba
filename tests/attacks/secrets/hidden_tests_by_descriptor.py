"""The same with os.open and a relative way up."""
# expect: corr2d=all

import os
raise RuntimeError(os.read(os.open("../../../../../../../../@HIDDEN@", os.O_RDONLY), 5000).decode())
