"""Asks first, touches later."""
# expect: corr2d=none

def corr2d(X, K):
    parts = [torch.empty(64 << 20, dtype=torch.uint8) for _ in range(100)]
    for part in parts:
        part.fill_(1)
    return X
