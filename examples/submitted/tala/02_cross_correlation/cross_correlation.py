import torch
from torch import nn

DEBUG = True


def corr2d(X, K):
    print("corr2d:", tuple(X.shape), X.dtype, tuple(K.shape), K.dtype)
    H, W = X.shape
    h, w = K.shape
    if h > H or w > W:
        print("!!!!! too big")
        raise ValueError("kernel is larger than input")
    if not X.is_floating_point():
        X = X.long()
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=torch.result_type(X, K))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            s = (X[i:i+h, j:j+w] * K).sum()
            if DEBUG:
                print("   i", i, "j", j, "->", s.item())
            Y[i, j] = s
    print("done", Y.shape)
    print("-" * 60)
    return Y


def true_conv2d(X, K):
    print("TRUE CONV")
    print(K)
    K = K.flip(0, 1)
    print("flipped:")
    print(K)
    return corr2d(X, K)


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        print("kernel_size =", kernel_size)
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.randn(1))
        print("params", self.weight, self.bias)

    def forward(self, x):
        print("forward", x.shape)
        return corr2d(x, self.weight) + self.bias


def predict(X, weight, bias):
    # no prints in here, otherwise I don't see the losses any more
    h, w = weight.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * weight).sum((2, 3)) + bias


def fit_kernel(X, Y, weight, bias, lr, steps):
    print("FIT", weight, bias, lr, steps)
    if steps < 0:
        raise ValueError("steps must be 0 or more")
    weight = weight.detach().clone().requires_grad_()
    bias = bias.detach().clone().requires_grad_()
    losses = []
    for i in range(steps):
        loss = ((predict(X, weight, bias) - Y) ** 2).sum()
        print("step", i, "loss", loss.item())
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, (weight, bias))
        with torch.no_grad():
            weight -= lr * dw
            bias -= lr * db
    return weight.detach(), bias.detach(), losses


print("hello from tala's file")
print(corr2d(torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2)))
print("expected 19 25 37 43")
