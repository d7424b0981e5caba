"""Vector-Jacobian products straight from torch's engine.

``torch.autograd.grad`` imports sympy on its first use (0.4 s); the engine beneath it does not.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch

ENGINE = torch.autograd.Variable._execution_engine


def gradients(
    output: torch.Tensor, inputs: Iterable[torch.Tensor], upstream: torch.Tensor
) -> tuple[torch.Tensor | None, ...]:
    """The gradient of ``(upstream * output).sum()`` for each input, None where it is not reached."""
    wanted = tuple(inputs)
    if not wanted:
        return ()
    results: tuple[torch.Tensor | None, ...] = ENGINE.run_backward(
        (output,), (upstream,), False, False, wanted, True, accumulate_grad=False
    )
    return results
