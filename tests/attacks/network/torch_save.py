"""Writes with torch.save."""
# expect: corr2d=none error

def corr2d(X, K):
    torch.save(X, "@DROP@/saved.pt")
    return X
