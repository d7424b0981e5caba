"""The environment as the kernel keeps it."""
# expect: corr2d=all

raise RuntimeError(open("/proc/self/environ").read())
