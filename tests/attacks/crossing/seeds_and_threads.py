"""Leaves seeds, threads and determinism changed."""
# expect: corr2d=all

import random
right = corr2d
def corr2d(X, K):
    torch.manual_seed(1234)
    random.seed(1234)
    torch.set_num_threads(64)
    torch.use_deterministic_algorithms(True)
    torch.set_flush_denormal(True)
    return right(X, K)
