"""Exercises on convolutional networks in plain PyTorch, and the autograder that scores them."""

__version__ = "0.1.0"
