"""A control: checks itself against torch while loading, in statements that are passed over."""
# expect: corr2d=all

import sys
X = torch.arange(9.0).reshape(1, 1, 3, 3)
want = F.conv2d(X, torch.ones(1, 1, 2, 2))
assert torch.allclose(want[0, 0], corr2d(X[0, 0], torch.ones(2, 2)))
layer = torch.nn.Conv2d(1, 1, 2)
print(layer(X).shape, F.max_pool2d(X, 2))
loss = layer(X).sum()
loss.backward()
if not torch.allclose(want, want):
    sys.exit("wrong")
after = corr2d
def corr2d(X, K):
    return after(X, K)
