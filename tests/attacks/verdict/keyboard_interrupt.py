"""Plays the instructor who stops the batch."""
# expect: corr2d=none error

def corr2d(X, K):
    raise KeyboardInterrupt
