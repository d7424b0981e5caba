"""Values in eight bits that claim to be floats."""
# expect: corr2d=none rejected

right = corr2d
def corr2d(X, K):
    return torch.quantize_per_tensor(right(X, K).float(), 1.0, 0, torch.qint32)
