"""Public tests."""

import torch

from autograder.testing import assert_close


def test_corr2d_example(corr2d):
    """The example."""
    X, K = torch.arange(9.0).reshape(3, 3), torch.arange(4.0).reshape(2, 2)
    assert_close(corr2d(X, K), torch.tensor([[19.0, 25.0], [37.0, 43.0]]))
