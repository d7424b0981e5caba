"""What runs beside student code, and nothing else.

A *worker* is a warm process: it has imported torch and holds no test, no expected value, no
points and no course. It forks one *child* a submission; the child locks itself down, loads the
student's cells and answers requests. Modules here are imported by no one but the worker itself,
apart from :mod:`~autograder.worker.protocol` (frames and values, used on both sides),
:mod:`~autograder.worker.statements` (scripts are split between statements) and
:mod:`~autograder.worker.lock` (``autograder doctor`` asks it what this machine offers).

Protocol
========

The judge and a child share one stream socket. A child is opened for one set of forbidden rules; its
first byte says that its lock is on. From then on the judge sends a request and waits for exactly one
reply; while a program is loaded, messages of how far it is come before. All are frames (see
:mod:`~autograder.worker.protocol`): a JSON object, and beside it the tensors it refers to as one
safetensors blob.

``load``
    ``{"id", "op": "load", "name", "main", "cells": [{"label", "line", "source", "mode",
    "passed_over"}], "siblings": {module: source}}``. Runs the cells in order in one namespace;
    ``mode`` is ``run`` or ``definitions`` (imports, functions, classes and plain assignments only);
    ``passed_over`` are lines whose statements hung or ended an earlier child. Before each top-level
    statement that may hang comes a message ``{"at": [label, line]}``. The reply has ``notes``: for
    each cell that did not run to its end, its label, the exception and the line. A statement that
    met a refused operator is passed over, and the next one runs.

``call``
    ``{"id", "op": "call", "calls": [{"target", "args", "kwargs", "upstream", "keep", "get"}],
    "output_limit"}``. The calls are made in their order. ``target`` is a path from a student's name
    or from a handle: ``["name", "corr2d"]``, ``["handle", 3]``, ``["handle", 3, "weight"]``. A
    target of length three with ``"get": true`` is read, any other is called. With ``upstream`` the
    reply also has the vector-Jacobian product for every floating-point argument and parameter.
    ``keep: 7`` leaves the result in the child, where it is handle 7, and the reply has no value.

A reply to ``call`` is ``{"id", "replies": [{"value" | "raised" | "refused", "gradients",
"modified", "printed", "printed_bytes", "operators", "seconds"}]}``. For each call: the result, or
the exception (names of its classes from the innermost outward, its text, the student's line), or
why the result is not a plain value; which arguments (``"0"``) or their gradients (``"0.grad"``)
were modified; what was printed, cut to the limit; which watched operators ran (name and line).

Everything in a reply is a claim. The judge checks its form and size, rebuilds plain tensors from
it and judges those; nothing in a reply is ever executed or unpickled.
"""
