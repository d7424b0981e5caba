# %%
import torch
from torch import nn


# %%
def ventanas(X, h, w):
    # vista (oh, ow, h, w) sobre la misma memoria, no se copia nada
    X = X.contiguous()
    H, W = X.shape
    s0, s1 = X.stride()
    return X.as_strided((H - h + 1, W - w + 1, h, w), (s0, s1, s0, s1))


# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("el kernel no cabe en la entrada / kernel larger than input")
    dtype = torch.promote_types(X.dtype, K.dtype)
    if not dtype.is_floating_point:
        dtype = torch.int64
    return torch.einsum("ijab,ab->ij", ventanas(X.to(dtype), h, w), K.to(dtype))


# %%
def true_conv2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    return corr2d(X, K.flip((0, 1)))


# %%
class Conv2D(nn.Module):
    def __init__(self, kernel_size: tuple[int, int]) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size) / 10)
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return corr2d(x, self.weight) + self.bias


# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    if steps < 0:
        raise ValueError("steps")
    # The windows as the rows of A with a 1 at the end, like in the text: then
    # loss = |A p - y|^2 and the gradient is 2 A^T (A p - y). No autograd needed.
    with torch.no_grad():
        h, w = weight.shape
        filas = ventanas(X, h, w).reshape(-1, h * w)
        A = torch.cat([filas, filas.new_ones(len(filas), 1)], dim=1)
        p = torch.cat([weight.reshape(-1), bias.reshape(-1)])
        y = Y.reshape(-1)
        losses = []
        for _ in range(steps):
            r = A @ p - y
            losses.append(float(r @ r))
            p = p - lr * 2 * (A.T @ r)
        return p[:-1].reshape(h, w).clone(), p[-1:].clone(), losses


# %%
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d(X, K), true_conv2d(X, K))
    img = torch.ones(6, 8)
    img[:, 2:6] = 0
    bordes = img[:, :-1] - img[:, 1:]
    print(fit_kernel(img, bordes, torch.tensor([[0.5, 0.25]]), torch.tensor([0.1]), 0.01, 30))
