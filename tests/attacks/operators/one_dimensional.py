"""Rows by conv1d, summed."""
# expect: corr2d=none forbidden

def corr2d(X, K):
    oh = X.shape[0] - K.shape[0] + 1
    return sum(F.conv1d(X[a : a + oh].unsqueeze(1), K[a][None, None])[:, 0] for a in range(K.shape[0]))
