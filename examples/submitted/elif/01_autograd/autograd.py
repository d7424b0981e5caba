import torch


def outputs(a):
    b = a**2 + a.flip(1)
    return 2 * b


def vjp(a, v):
    x = a.clone().detach().requires_grad_(True)
    out = outputs(x)
    out.backward(v)
    return x.grad


def jacobian(a):
    x = a.clone().detach().requires_grad_(True)
    rows = []
    for i in range(2):
        out = outputs(x)
        # one backward for each output, then .grad is the row
        out[0, i].backward()
        rows.append(x.grad.clone())
    return torch.cat(rows)


if __name__ == "__main__":
    a = torch.tensor([[2.0, 4.0]])
    print(vjp(a, torch.tensor([[1.0, 2.0]])))
    print(jacobian(a))
    # [[8, 2], [10, 18]] ??? the first row is right. 16 + 2 = 18 ...
