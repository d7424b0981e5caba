"""Never ends, and never comes back to Python."""
# expect: corr2d=none timeout

def corr2d(X, K):
    return sum(range(10**15))
