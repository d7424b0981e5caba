# %% [markdown]
# # 1 · Autograd

# %%
import torch


def outputs(a: torch.Tensor) -> torch.Tensor:
    """The function of this assignment, shape (1, 2) in and out; use it as you like.

    b = [a0**2 + a1, a1**2 + a0] and out = 2 * b
    """
    b = a**2 + a.flip(1)
    return 2 * b


# %% [markdown]
# ## A gradient needs a single number

# %%
def vjp(a: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The gradient of (v * out).sum() with respect to a, where out = outputs(a).

    Args:
        a: (1, 2), may or may not require grad
        v: (1, 2), the upstream gradient

    Returns:
        (1, 2), g[0, j] = sum over i of v[0, i] * (d out_i / d a_j)
    """
    # a copy of my own, so backward() writes into my .grad and not into the caller's
    x = a.detach().clone()
    x.requires_grad_(True)
    weighted_sum = (v.detach() * outputs(x)).sum()
    weighted_sum.backward()
    return x.grad


# %%
if __name__ == "__main__":
    a = torch.tensor([[2.0, 4.0]], requires_grad=True)
    v = torch.tensor([[1.0, 2.0]])
    print(outputs(a))  # [[16, 36]]
    print(vjp(a, v))  # [[12, 34]]
    print(a.grad)  # None: nothing left behind

# %% [markdown]
# ## The whole Jacobian, row by row

# %%
def jacobian(a: torch.Tensor) -> torch.Tensor:
    """The full Jacobian of outputs at a.

    Returns:
        (2, 2), J[i, j] = d out_i / d a_j: rows are outputs, columns are inputs
    """
    J = torch.zeros(2, 2, dtype=a.dtype)
    for i in range(2):
        # v = [1, 0] asks for the first output only, v = [0, 1] for the second
        v = torch.zeros(1, 2, dtype=a.dtype)
        v[0, i] = 1
        J[i] = vjp(a, v)[0]
    return J


# %%
if __name__ == "__main__":
    a = torch.tensor([[2.0, 4.0]])
    v = torch.tensor([[1.0, 2.0]])
    J = jacobian(a)
    print(J)  # [[8, 2], [2, 16]]
    print(v @ J)  # [[12, 34]], as before
