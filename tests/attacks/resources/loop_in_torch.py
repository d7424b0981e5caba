"""A single operator that takes minutes."""
# expect: corr2d=none timeout

def corr2d(X, K):
    A = torch.ones(1500, 1500, dtype=torch.float64)
    return torch.linalg.matrix_power(A, 10**9 + 7)
