# %% [markdown]
# # 2 · Cross-correlation

# %%
import torch
from torch import nn

# %% [markdown]
# ## Sliding a window

# %%
def corr2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """Slide the kernel over the input and take the weighted sum at every place.

    Args:
        X: (H, W), floating point or integer
        K: (h, w)

    Returns:
        (H - h + 1, W - w + 1), where
        Y[i, j] = sum over a in 0..h-1 and b in 0..w-1 of X[i + a, j + b] * K[a, b]
    """
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        raise ValueError("kernel is bigger than the input")

    # a byte image overflows when I multiply, so count in int64
    if not X.is_floating_point():
        X = X.long()

    # one output at a time, like in the picture
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=torch.result_type(X, K))
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            window = X[i : i + h, j : j + w]
            Y[i, j] = (window * K).sum()
    return Y


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    X = torch.arange(9.0).reshape(3, 3)
    K = torch.arange(4.0).reshape(2, 2)
    print(corr2d(X, K))  # [[19, 25], [37, 43]]

# %% [markdown]
# ## What mathematicians call convolution

# %%
def true_conv2d(X: torch.Tensor, K: torch.Tensor) -> torch.Tensor:
    """The mathematical convolution, at the places where the kernel fits."""
    # turn by 180 degrees = upside down and left to right
    return corr2d(X, torch.flip(K, dims=[0, 1]))


# %%
# Try it: the numbers of the text.
if __name__ == "__main__":
    print(true_conv2d(X, K))  # [[5, 11], [23, 29]]

# %% [markdown]
# ## A layer

# %%
class Conv2D(nn.Module):
    """A two-dimensional convolutional layer with one input and one output channel."""

    def __init__(self, kernel_size: tuple[int, int]) -> None:
        """Create the two parameters, `weight` and `bias`, with start values of your choice."""
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """(H, W) -> (H - h + 1, W - w + 1): the cross-correlation of x and weight, plus bias."""
        return corr2d(x, self.weight) + self.bias


# %%
if __name__ == "__main__":
    image = torch.ones(6, 8)
    image[:, 2:6] = 0
    layer = Conv2D((1, 2))
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[1.0, -1.0]]))
        layer.bias.zero_()
        print(layer(image))  # each row [0, 1, 0, 0, 0, -1, 0]
        print(layer(image.T).abs().max())  # 0: all zeros

# %% [markdown]
# ## Learning the kernel

# %%
def fit_kernel(X, Y, weight, bias, lr, steps):
    """Fit corr2d(X, weight) + bias to Y by plain gradient descent on the sum of squared errors."""
    if steps < 0:
        raise ValueError("steps has to be 0 or more")

    # copies, the caller keeps his own
    w = weight.detach().clone()
    b = bias.detach().clone()
    losses = []
    for step in range(steps):
        w.requires_grad_(True)
        b.requires_grad_(True)
        loss = ((corr2d(X, w) + b - Y) ** 2).sum()
        losses.append(loss.item())
        grad_w, grad_b = torch.autograd.grad(loss, [w, b])
        w = w.detach() - lr * grad_w
        b = b.detach() - lr * grad_b
    return w, b, losses


# %%
if __name__ == "__main__":
    edges = torch.zeros(6, 7)
    edges[:, 1] = 1
    edges[:, 5] = -1
    weight, bias, losses = fit_kernel(image, edges, torch.zeros(1, 2), torch.zeros(1), 0.01, 30)
    print(weight, bias, losses[0], losses[-1])  # 12 -> 0.0072
