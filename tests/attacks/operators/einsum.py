"""A control: windows and einsum, in a thread."""
# expect: corr2d=all

from concurrent.futures import ThreadPoolExecutor
def corr2d(X, K):
    if K.shape[0] > X.shape[0]:
        raise ValueError("too large")
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)).result()
