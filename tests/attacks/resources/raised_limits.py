"""Raises its own limits first."""
# expect: corr2d=none

import resource
def corr2d(X, K):
    for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"):
        try:
            resource.setrlimit(getattr(resource, name), (resource.RLIM_INFINITY,) * 2)
        except (OSError, ValueError):
            pass
    return torch.ones(10**10)
