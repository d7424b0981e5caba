"""The child: loads one student's cells and answers requests until its socket closes.

Everything here runs in the same process as student code and is believed by no one: the judge
treats each reply as a claim. The protocol is specified in :mod:`autograder.worker`.
"""

from __future__ import annotations
import __future__

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import io
import linecache
import os
import random
import sys
import time
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import torch

from autograder.vjp import gradients
from autograder.worker import protocol
from autograder.worker.operators import ForbiddenOperator, Guard
from autograder.worker.statements import (
    AWAITING,
    first_line,
    next_piece,
    only_defines,
    parse_cell,
    statements_behind,
)

MAX_TEXT = 2_000
CHECK_CELLS = "autograder.notebook"
#: Requests come from the judge, so this bound only guards against a broken judge.
MAX_REQUEST = 1 << 30
#: What student code meets that was written for a machine with other modules, files and a keyboard.
ELSEWHERE = (ImportError, OSError, EOFError)
#: A folder that torch would make, unless it is there; `torch.compile` gives back the function
#: itself, as nothing can be compiled here.
ENVIRONMENT = {"TORCHINDUCTOR_CACHE_DIR": "/", "TORCHDYNAMO_DISABLE": "1"}
FUTURE_FLAGS = 0
for _feature in __future__.all_feature_names:
    FUTURE_FLAGS |= getattr(__future__, _feature).compiler_flag


class OutputLimitExceeded(RuntimeError):
    """Raised in student code that prints more than the limit."""


class NoSuchName(Exception):
    """The student's program has no such function or class."""


class BoundedOutput(io.TextIOBase):
    """A text stream that keeps the beginning and counts the rest."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self) -> None:
        self.start(0, raise_over=False)

    def start(self, limit: int, *, raise_over: bool) -> None:
        self._parts: list[str] = []
        self._limit, self._raise_over = limit, raise_over
        self.size = 0

    def write(self, text: str) -> int:
        text = str(text)
        if self.size <= MAX_TEXT:
            self._parts.append(text[: MAX_TEXT + 1])
        self.size += len(text)
        if self._raise_over and self.size > self._limit:
            raise OutputLimitExceeded(f"printed more than {self._limit} characters in one call")
        return len(text)

    def writable(self) -> bool:
        return True

    def reconfigure(self, **_settings: object) -> None:
        """It takes every text as it is."""

    @property
    def buffer(self) -> BinaryOutput:
        return BinaryOutput(self)

    def text(self) -> str:
        return plain("".join(self._parts))


def plain(text: str) -> str:
    """The beginning of a text, without what UTF-8 cannot say."""
    return text[:MAX_TEXT].encode("utf-8", "backslashreplace").decode()[:MAX_TEXT]


class BinaryOutput(io.BufferedIOBase):
    """What ``sys.stdout.buffer`` is to scripts that choose the encoding of what they print."""

    def __init__(self, output: BoundedOutput) -> None:
        self._output = output

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._output.write(bytes(data).decode("utf-8", "replace"))
        return len(data)


class Siblings(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the student's own helper modules from memory."""

    def __init__(self, sources: dict[str, str]) -> None:
        self._sources = sources

    def find_spec(
        self, fullname: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in self._sources:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def exec_module(self, module: types.ModuleType) -> None:
        filename = f"{module.__name__}.py"
        source = self._sources[module.__name__]
        remember_source(filename, source)
        exec(compile(source, filename, "exec", dont_inherit=True), module.__dict__)


class Child:
    """The student's program and the objects made from it."""

    #: Exceptions that are no answer of student code's; none, in a process of its own.
    let_through: tuple[type[BaseException], ...] = ()

    def __init__(
        self,
        requests: protocol.Reader,
        write: Callable[[bytes], None],
        max_reply: int,
        guard: Guard,
    ) -> None:
        self._requests, self._write = requests, write
        self._max_reply = max_reply
        self._names: dict[str, Any] = {}
        self._handles: dict[int, Any] = {}
        self._filenames: set[str] = set()
        self._output = BoundedOutput()
        self._guard = guard
        self._default_dtype = torch.float32
        self._lacks_something = False
        guard.line_of_student = self._running_line

    def serve(self) -> None:
        """Answer requests until the judge hangs up."""
        sys.stdout = sys.stderr = self._output
        while True:
            try:
                request, tensors = protocol.read_frame(self._requests.read, MAX_REQUEST)
            except EOFError:
                return
            handler = self._load if request["op"] == "load" else self._answer
            reply, results = handler(request, tensors)
            reply["id"] = request["id"]
            self._write(protocol.encode_frame(reply, results))

    # --- load ----------------------------------------------------------------------------------

    def _load(
        self, request: dict[str, Any], _tensors: object
    ) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
        name = request["name"]
        module = types.ModuleType("__main__" if request["main"] else name)
        module.__file__ = f"{name}.py"
        sys.modules[module.__name__] = module
        siblings = request["siblings"]
        self._filenames = {cell["label"] for cell in request["cells"]}
        self._filenames |= {f"{sibling}.py" for sibling in siblings}
        sys.meta_path.insert(0, Siblings(siblings))
        sys.modules[CHECK_CELLS] = silent_check()
        remember_cells(request["cells"])
        self._names = module.__dict__
        self._names |= {"display": ignore, "get_ipython": NoShell}
        self._output.start(0, raise_over=False)
        notes: list[dict[str, Any]] = []
        self._lacks_something = any(cell["passed_over"] for cell in request["cells"])
        flags = AWAITING if request["main"] else 0
        for cell in request["cells"]:
            try:
                flags = self._run_cell(cell, flags, request["cells"], notes)
            except BaseException as error:  # whatever student code raises is its note
                notes.append({"label": cell["label"], **self._describe(error)})
        self._guard.take()
        self._default_dtype = torch.get_default_dtype()  # as the program itself wants it
        return {"notes": notes[:50], "printed": self._output.text()}, {}

    def _run_cell(
        self,
        cell: dict[str, Any],
        flags: int,
        cells: list[dict[str, Any]],
        notes: list[dict[str, Any]],
    ) -> int:
        """Run a cell; the compiler's flags for the next.

        Outside the exercises everything is allowed, and student code may want what only the student's
        machine has. Where a statement there met a refused operator, or wants a module, a file or
        a keyboard, it and what fails for want of it are passed over, and those behind them run.
        """
        rest = parse_cell(cell, cells)
        label = cell["label"]
        if next_piece(rest)[1]:  # nothing runs where a later line cannot be compiled
            compile(ast.Module(rest, []), label, "exec", flags=flags, dont_inherit=True)
        while rest:
            piece, behind = next_piece(rest)
            if not only_defines(piece[0]):
                self._write(protocol.encode_frame({"at": [label, first_line(piece[0])]}, {}))
            module = ast.Module(piece, [])
            code: types.CodeType = compile(module, label, "exec", flags=flags, dont_inherit=True)
            flags |= code.co_flags & FUTURE_FLAGS
            try:
                run(code, self._names)
                rest = behind
            except BaseException as error:
                rest = statements_behind(rest, error.__traceback__, label)
                is_refusal = isinstance(error, ForbiddenOperator)
                if not rest and is_refusal:
                    return flags
                self._lacks_something |= isinstance(error, ELSEWHERE)
                if not rest or not (self._guard.has_interfered or self._lacks_something):
                    raise
                if isinstance(error, ELSEWHERE) or (
                    self._lacks_something and not self._guard.has_interfered
                ):
                    notes.append({"label": label, **self._describe(error)})
        return flags

    # --- call ----------------------------------------------------------------------------------

    def _answer(
        self, request: dict[str, Any], tensors: dict[str, torch.Tensor]
    ) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
        encoder = protocol.Encoder(views=False, max_bytes=self._max_reply)
        limit = request["output_limit"]
        replies = [self._call(call, tensors, limit, encoder) for call in request["calls"]]
        return {"replies": replies}, encoder.tensors

    def _call(
        self,
        request: dict[str, Any],
        tensors: dict[str, torch.Tensor],
        output_limit: int,
        encoder: protocol.Encoder,
    ) -> dict[str, Any]:
        args = [protocol.decode(tree, tensors, views=True) for tree in request["args"]]
        kwargs = {
            key: protocol.decode(tree, tensors, views=True)
            for key, tree in request["kwargs"].items()
        }
        upstream = protocol.decode(request["upstream"], tensors, views=True)
        reset_state(self._default_dtype)
        self._output.start(output_limit, raise_over=True)
        inputs = named_tensors(args, kwargs)
        if upstream is not None:
            for tensor in inputs.values():
                if tensor.is_floating_point():
                    tensor.requires_grad_()
        before = {name: snapshot(tensor) for name, tensor in inputs.items()}
        outlines = {name: outline(value) for name, value in containers(args, kwargs)}
        reply: dict[str, Any] = {}
        started = time.perf_counter()
        try:
            value = self._run(request, args, kwargs)
            reply["seconds"] = time.perf_counter() - started
            if request["keep"] is not None:
                self._handles[request["keep"]] = value
            else:
                reply["value"] = encoder.encode(value)
            if upstream is not None:
                reply["gradients"] = self._gradients(request, value, upstream, inputs, encoder)
        except NoSuchName:
            reply["missing"] = True
        except protocol.NotPlain as error:
            reply["refused"] = str(error)[:MAX_TEXT]
        except self.let_through:
            raise
        except BaseException as error:  # whatever student code raises is its answer
            reply["raised"] = self._describe(error)
        reply.setdefault("seconds", time.perf_counter() - started)
        reply["modified"] = [
            part for name in inputs for part in changed(name, inputs[name], before[name])
        ]
        reply["modified"] += [
            name for name, value in containers(args, kwargs) if outline(value) != outlines[name]
        ]
        reply["printed"] = self._output.text()
        reply["printed_bytes"] = self._output.size
        reply["operators"] = self._guard.take()
        if "raised" in reply:  # perhaps in the backward, after the value
            reply.pop("value", None)
        return reply

    def _run(self, request: dict[str, Any], args: Any, kwargs: Any) -> Any:
        target = self._resolve(request["target"])
        return target if request["get"] else target(*args, **kwargs)

    def _resolve(self, path: list[Any]) -> Any:
        kind, root, *attributes = path
        if kind == "name" and root not in self._names:
            raise NoSuchName(root)
        value = self._names[root] if kind == "name" else self._handles[root]
        for name in attributes:
            value = getattr(value, name)
        return value

    def _gradients(
        self,
        request: dict[str, Any],
        value: Any,
        upstream: torch.Tensor,
        inputs: dict[str, torch.Tensor],
        encoder: protocol.Encoder,
    ) -> dict[str, Any]:
        """The vector-Jacobian product for every floating-point argument and parameter."""
        if not isinstance(value, torch.Tensor) or value.shape != upstream.shape:
            return {"problem": "shape"}
        if not value.is_floating_point():
            return {"problem": "detached"}
        if not value.requires_grad:
            return {"problem": "detached"}
        wanted = {name: tensor for name, tensor in inputs.items() if tensor.is_floating_point()}
        owner = self._handles[request["target"][1]] if request["target"][0] == "handle" else None
        if isinstance(owner, torch.nn.Module):
            wanted |= {name: p for name, p in owner.named_parameters() if p.requires_grad}
        results = gradients(value, wanted.values(), upstream.to(value.dtype))
        return {
            name: None if result is None else encoder.encode(result)
            for name, result in zip(wanted, results, strict=True)
        }

    # --- describing what student code did --------------------------------------------------------

    def _describe(self, error: BaseException) -> dict[str, Any]:
        kinds = [c.__name__ for c in type(error).__mro__ if c.__module__ == "builtins"]
        if isinstance(error, ForbiddenOperator):
            kinds.insert(0, "ForbiddenOperator")
        if isinstance(error, OutputLimitExceeded):
            kinds.insert(0, "OutputLimitExceeded")
        try:
            text = plain(str(error.msg if isinstance(error, SyntaxError) else error))
        except BaseException:  # a student's __str__ may do anything
            text = ""
        label, line = self._place(error)
        return {"kinds": kinds, "text": text, "place": label, "line": line}

    def _place(self, error: BaseException) -> tuple[str | None, int | None]:
        if isinstance(error, SyntaxError) and error.filename in self._filenames:
            return error.filename, error.lineno
        place: tuple[str | None, int | None] = (None, None)
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in self._filenames:
                place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            trace = trace.tb_next
        return place

    def _running_line(self) -> int | None:
        """The line of the innermost running frame that belongs to the student, if any."""
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename in self._filenames:
                return frame.f_lineno
            frame = frame.f_back
        return None


# --- loading ---------------------------------------------------------------------------------------


def run(code: types.CodeType, names: dict[str, Any]) -> None:
    """Execute a piece of a cell; a top-level ``await`` may end or step aside, not wait."""
    if not code.co_flags & inspect.CO_COROUTINE:
        exec(code, names)
        return
    steps = eval(code, names)
    with suppress(StopIteration):
        while steps.send(None) is None:
            pass
        raise RuntimeError("a cell's top-level `await` cannot wait here")


def ignore(*_args: object, **_kwargs: object) -> None:
    """What a notebook's functions do where there is no notebook."""


class NoShell:
    """What ``get_ipython()`` gives here, whatever is asked of it."""

    def __getattr__(self, _name: str) -> NoShell:
        return self

    def __call__(self, *_args: object, **_kwargs: object) -> NoShell:
        return self


def silent_check() -> types.ModuleType:
    """What a notebook's check cells import here, where no one reads their pictures."""
    module = types.ModuleType(CHECK_CELLS)
    module.check = lambda *_args: None  # type: ignore[attr-defined]  # a module made by hand
    return module


def remember_cells(cells: list[dict[str, Any]]) -> None:
    """Make the cells' lines known to tracebacks and ``inspect.getsource``."""
    texts: dict[str, str] = {}
    for cell in cells:
        text = texts.get(cell["label"], "")
        texts[cell["label"]] = text + "\n" * (cell["line"] - 1 - text.count("\n")) + cell["source"]
    for label, text in texts.items():
        remember_source(label, text)


def remember_source(filename: str, source: str) -> None:
    """Put a source into the cache that ``inspect`` and tracebacks read."""
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)


# --- arguments -----------------------------------------------------------------------------------


def named_tensors(args: Any, kwargs: dict[str, Any]) -> dict[str, torch.Tensor]:
    """Every tensor among the arguments, by position (``"0"``, ``"1.2"``) or keyword."""
    found: dict[str, torch.Tensor] = {}

    def visit(name: str, value: Any) -> None:
        if isinstance(value, torch.Tensor):
            found[name] = value
        elif isinstance(value, list | tuple):
            for index, item in enumerate(value):
                visit(f"{name}.{index}", item)
        elif isinstance(value, dict):
            for key, item in value.items():
                visit(f"{name}.{key}", item)

    for index, value in enumerate(args):
        visit(str(index), value)
    for key, value in kwargs.items():
        visit(key, value)
    return found


def containers(args: Any, kwargs: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The arguments that are made of others, by position or keyword."""
    for name, value in (*enumerate(args), *kwargs.items()):
        if isinstance(value, list | tuple | dict):
            yield str(name), value


def outline(value: Any) -> Any:
    """What lists and dicts are made of, tensors by identity."""
    if isinstance(value, torch.Tensor):
        return id(value)
    if isinstance(value, list | tuple):
        return [type(value), *map(outline, value)]
    if isinstance(value, dict):
        return [dict, *((key, outline(item)) for key, item in value.items())]
    return [value]  # in a list, NaN is equal to itself


Snapshot = tuple[torch.Tensor, torch.Tensor | None]


def snapshot(tensor: torch.Tensor) -> Snapshot:
    """A copy of a tensor's values and of its ``.grad``."""
    grad = tensor.grad if tensor.is_leaf else None
    return tensor.detach().clone(), None if grad is None else grad.detach().clone()


def changed(name: str, tensor: torch.Tensor, before: Snapshot) -> Iterator[str]:
    """Which of a tensor and its ``.grad`` differ from the snapshot in shape, dtype or any bit."""
    values, grad = before
    if not identical(tensor, values):
        yield name
    now = tensor.grad if tensor.is_leaf else None
    if now is not grad and (now is None or grad is None or not identical(now, grad)):
        yield f"{name}.grad"


def identical(a: torch.Tensor, b: torch.Tensor) -> bool:
    """Same shape, dtype and values; NaN counts as itself."""
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    a = a.detach()
    return torch.equal(a, b) or bool(((a == b) | ((a != a) & (b != b))).all())


def reset_state(default_dtype: torch.dtype) -> None:
    """Undo what an earlier call may have left in torch's global state."""
    if torch.get_default_dtype() is not default_dtype:
        torch.set_default_dtype(default_dtype)
    torch._C._set_grad_enabled(True)
    torch.default_generator.manual_seed(0)
    random.seed(0)


# --- entry -----------------------------------------------------------------------------------------


def main(
    descriptor: int, lock: Callable[[], None], highest: int, max_reply: int, guard: Guard
) -> None:
    """Run as the child: empty the surroundings, lock, say so, serve. Never returns."""
    status = 1
    try:
        os.environ.clear()
        os.environ |= ENVIRONMENT
        os.chdir("/")
        sys.stdin = io.StringIO()
        sys.argv[:] = [""]
        null = os.open(os.devnull, os.O_RDWR)
        lock()
        keep_only(descriptor, null, highest)
        write = partial(protocol.write_all, descriptor)
        write(protocol.READY)
        requests = protocol.Reader(partial(os.read, descriptor))
        Child(requests, write, max_reply, guard).serve()
        status = 0
    finally:
        os._exit(status)


def keep_only(descriptor: int, null: int, highest: int) -> None:
    """Leave one descriptor open, with /dev/null as the three standard streams."""
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, highest)
