"""A tensor subclass that lies in every torch function."""
# expect: corr2d=none rejected

class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        return torch.tensor(True)
def corr2d(X, K):
    return torch.zeros(2, 2).as_subclass(Liar)
