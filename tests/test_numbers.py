"""The text's numbers that no public test has, computed with the solutions."""

import runpy
from pathlib import Path

import pytest
import torch

SOLUTIONS = Path(__file__).parents[1] / "solutions"


@pytest.fixture(scope="module")
def fit():
    script = SOLUTIONS / "02_cross_correlation" / "cross_correlation.py"
    return runpy.run_path(str(script))["fit_kernel"]


@pytest.fixture(scope="module")
def picture():
    """The 6 by 8 image of a dark stripe, and its two edges."""
    image, edges = torch.ones(6, 8, dtype=torch.float64), torch.zeros(6, 7, dtype=torch.float64)
    image[:, 2:6] = 0
    edges[:, 1], edges[:, 5] = 1, -1
    return image, edges


def test_the_edge_kernel_is_learned(fit, picture):
    zero = torch.zeros(1, 2).double(), torch.zeros(1).double()
    weight, bias, losses = fit(*picture, *zero, 0.01, 30)
    seen = [round(float(losses[step - 1]), 4) for step in (1, 5, 10, 15, 20, 25, 30)]
    assert seen == [12, 4.3156, 1.2019, 0.3347, 0.0932, 0.0260, 0.0072]
    assert weight.numpy().round(4).tolist() == [[0.9784, -0.9784]] and abs(float(bias)) < 1e-9


def test_another_start_comes_to_the_same(fit, picture):
    start = torch.tensor([[0.5, 0.25]]).double(), torch.tensor([0.1]).double()
    weight, _, losses = fit(*picture, *start, 0.01, 30)
    assert (round(float(losses[0]), 3), round(float(losses[-1]), 4)) == (20.745, 0.0055)
    assert weight.numpy().round(4).tolist() == [[0.9814, -0.9808]]


def test_the_largest_learning_rate(fit, picture):
    start = torch.tensor([[0.5, 0.25]]).double(), torch.tensor([0.1]).double()
    below, above = (fit(*picture, *start, lr, 300)[2] for lr in (0.0160, 0.0162))
    assert below[-1] < below[0] < above[-1]
