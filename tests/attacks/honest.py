"""What every attack starts from: right answers to all exercises."""

import torch
import torch.nn.functional as F


def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("the kernel is larger than the input")
    oh, ow = X.shape[0] - h + 1, X.shape[1] - w + 1
    return sum(X[a : a + oh, b : b + ow] * K[a, b] for a in range(h) for b in range(w))


def pool2(X):
    return X.unfold(0, 2, 2).unfold(1, 2, 2).amax((2, 3))


def slope(a):
    return 3 * a**2


def double(X):
    return 2 * X
