"""The parent's environment."""
# expect: corr2d=all

import os
raise RuntimeError(open(f"/proc/{os.getppid()}/environ").read())
