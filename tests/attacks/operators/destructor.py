"""In a destructor, after the call."""
# expect: corr2d=none

class Late:
    def __init__(self, X, K): self.X, self.K = X, K
    def __del__(self): self.X.copy_(F.conv2d(self.X[None, None], self.K[None, None])[0, 0])
def corr2d(X, K):
    return Late(X.clone(), K).X
