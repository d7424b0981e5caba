"""Operators that are not allowed, refused at torch's dispatcher.

A family is a set of operators by name. A child that may not use a family has each of its
operators' kernels replaced, in torch's own dispatcher table, by one that notes the use and raises.
The table is global to the process, so the path does not matter: an alias, ``torch.ops``, an ``nn``
module, another thread or a function prepared earlier all end there. Replacing (rather than
watching) means that a forbidden operator computes nothing, whatever student code does about the
note. It happens before the first line of student code and holds for the child's whole life:
nothing in Python is left that could undo it. Operators that are not in a family run at full speed.

What would go round the dispatcher is taken out of torch first, in the warm process
(:func:`close_escapes`): TorchScript's executors, operators that exist in TorchScript only, and
handles on kernels.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import torch
import torch._decomp
import torch._functorch.eager_transforms
import torch._refs
from torch.library import fallthrough_kernel

from autograder.vjp import ENGINE

#: Families by the name that course.yml uses; the expression matches ``namespace::operator``.
FAMILIES = {
    "convolution": re.compile(r"\w+::\w*conv(olution|\d|_)\w*"),
    "pooling": re.compile(r"\w+::\w*((?<!un)pool[123]d|max_pool|avg_pool)\w*"),
    "padding": re.compile(
        r"(?!.*backward)aten::(pad|constant_pad_nd|_pad_enum|_pad_circular|"
        r"(reflection|replication)_pad\dd)"
    ),
    "backward": re.compile(r"\w+::\w*(conv|pool)\w*_backward\w*"),
    # Besides, no graph is recorded: see Guard.arm.
    "autograd": re.compile(r"aten::_backward"),
}
AUTOGRAD = "autograd"

DISPATCH_KEYS = (
    "CompositeImplicitAutograd",
    "CompositeImplicitAutogradNestedTensor",
    "CompositeExplicitAutograd",
    "CompositeExplicitAutogradNonFunctional",
    "CPU",
    "MkldnnCPU",
    "QuantizedCPU",
    "SparseCPU",
    "SparseCsrCPU",
    "NestedTensorCPU",
)

#: Where operators record themselves: ordinary tensors, nested ones.
GRAPH_KEYS = ("Autograd", "AutogradNestedTensor")

#: TorchScript's operators that call kernels or the engine without the dispatcher.
SCRIPT_OPERATORS = ("prim::mkldnn_convolution", "aten::grad", "aten::backward")
_DEREGISTER = "_ZN5torch3jit18deregisterOperatorERKN3c1014FunctionSchemaE"
#: What compiles, loads or runs TorchScript, and what hands out kernels or memory.
ESCAPES = re.compile(
    r"_jit_(pass|script|trace|set|interpret|to|run|override|differentiate|register)_?\w*"
    r"|_te|parse_ir|\w*ir_module\w*|_load_(for_lite|mobile)\w*|_freeze_module"
    r"|_create_(function|graph)_\w*|_fuse_to_static_module"
    r"|_dispatch_get_computed_kernel_\w*|_construct_storage_from_data_pointer"
)
ESCAPE_CLASSES = (
    *("CompilationUnit", "GraphExecutorState", "LiteScriptModule", "ScriptFunction"),
    *("ScriptMethod", "StaticModule", "_SafeKernelFunction"),
)

#: Ways to the engine, or to forward derivatives, that would meet no operator of a family.
ENGINE_ENTRIES = {
    (module, name): getattr(module, name)
    for module, name in (
        (torch._functorch.eager_transforms, "_grad_increment_nesting"),
        (torch._functorch.eager_transforms, "_jvp_increment_nesting"),
        (torch.autograd.functional, "_autograd_grad"),
        (torch.autograd.forward_ad, "enter_dual_level"),
    )
}


class ForbiddenOperator(RuntimeError):
    """Raised in student code by an operator that is not allowed."""


# --- in the warm process -------------------------------------------------------------------------


def close_escapes() -> None:
    """Take the ways round the dispatcher out of this process's torch, for good."""
    import_module("torch._decomp.decompositions_for_jvp")  # compiles TorchScript of its own
    torch.jit._state.disable()  # torch.jit.script gives back the function itself
    _deregister_script_operators()
    _remove_escapes()
    _remove_decompositions()


def _deregister_script_operators() -> None:
    library = Path(torch.__file__).parent / "lib" / "libtorch_cpu.so"
    if sys.platform != "linux" or not library.exists():
        return
    deregister = getattr(ctypes.CDLL(str(library)), _DEREGISTER)
    deregister.argtypes, deregister.restype = [ctypes.c_void_p], None
    for name in SCRIPT_OPERATORS:
        for schema in torch._C._jit_get_schemas_for_operator(name):
            deregister(_content(schema).value)


def _remove_decompositions() -> None:
    """Take out the families' operators as torch has them a second time, in Python."""
    patterns = FAMILIES.values()
    for table in torch._decomp.global_decomposition_table.values():
        for operator in list(table):
            name = str(operator).replace(".", "::", 1).partition(".")[0]
            if any(pattern.fullmatch(name) for pattern in patterns):
                del table[operator]
    for module in (torch._decomp.decompositions, torch._refs):
        for name in list(vars(module)):
            if any(pattern.fullmatch(f"aten::{name}") for pattern in patterns):
                delattr(module, name)


def _content(wrapper: Any) -> ctypes.c_void_p:
    """Where a pybind11 object, behind its header, keeps the address of its C++ object."""
    return ctypes.c_void_p.from_address(id(wrapper) + object.__basicsize__)


def _remove_escapes() -> None:
    for name in filter(ESCAPES.fullmatch, dir(torch._C)):
        delattr(torch._C, name)
        vars(torch).pop(name, None)
    torch.__all__[:] = [name for name in torch.__all__ if hasattr(torch, name)]  # import *
    for name in ESCAPE_CLASSES:
        kind = getattr(torch._C, name, None)
        for attribute in list(vars(kind)) if kind is not None else ():
            if callable(getattr(kind, attribute)) and attribute not in ("__new__", "__class__"):
                setattr(kind, attribute, _refuse_escape)


def _refuse_escape(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError("TorchScript and kernel handles are switched off here")


@cache
def _plan(family: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """(namespace, dispatch key, operators) for every kernel of a family that this torch has."""
    pattern = FAMILIES[family]
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    groups: dict[tuple[str, str], list[str]] = {}
    for name in torch._C._dispatch_get_all_op_names():
        if not pattern.fullmatch(name.partition(".")[0]):
            continue
        namespace, _, operator = name.partition("::")
        for key in DISPATCH_KEYS:
            if has_kernel(name, key):
                groups.setdefault((namespace, key), []).append(operator)
    return tuple((space, key, tuple(names)) for (space, key), names in groups.items())


@cache
def _graph_plan(key: str) -> tuple[str, ...]:
    """Every operator of torch's that records itself for a later ``backward``, under a key."""
    has_kernel = torch._C._dispatch_has_kernel_for_dispatch_key
    names = torch._C._dispatch_get_all_op_names()
    recording = (n for n in names if n.startswith("aten::") and has_kernel(n, key))
    # variants that write into `out` never record
    return tuple(n.partition("::")[2] for n in recording if "out" not in n.partition(".")[2])


# --- in a child ----------------------------------------------------------------------------------


class Guard:
    """Refuses rules' operators, and remembers which of them were used.

    The warm process arms it before a fork, so that children with the same rules cost nothing; a
    child seals it before its first line of student code.
    """

    def __init__(self) -> None:
        self.line_of_student: Callable[[], int | None] = lambda: None
        self.rules: frozenset[str] = frozenset()
        self.has_refused = False
        self._used: list[tuple[str, int | None]] = []
        self._libraries: list[Any] = []

    def arm(self, rules: frozenset[str]) -> None:
        """Refuse exactly these rules' operators from now on."""
        if rules == self.rules:
            return
        for library in self._libraries:
            library.reset()
        self._libraries = [
            self._replace(namespace, key, {name: self._refusing(namespace, name) for name in names})
            for family in sorted(rules & FAMILIES.keys())
            for namespace, key, names in _plan(family)
        ]
        for key in GRAPH_KEYS if AUTOGRAD in rules else ():
            cut = dict.fromkeys(_graph_plan(key), fallthrough_kernel)
            self._libraries.append(self._replace("aten", key, cut))
        self._guard_engine(AUTOGRAD in rules)
        self.rules = rules

    def seal(self) -> None:
        """Let go of everything that could disarm it, in a way that does not disarm it."""
        for library in self._libraries:
            # Its end would bring the kernels back: one reference more than anybody can drop, and
            # nothing that it could end, should somebody find it in memory.
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(library))
            _content(library).value = None
        self._libraries.clear()

    @property
    def has_interfered(self) -> bool:
        """Whether code that is allowed everything may have met what is not."""
        return self.has_refused or AUTOGRAD in self.rules

    def record(self, name: str) -> None:
        """Note a use and refuse it."""
        self.has_refused = True
        self._used.append((name, self.line_of_student()))
        raise ForbiddenOperator(f"{name} is not allowed here")

    def take(self) -> list[tuple[str, int | None]]:
        """The uses since the last call: the operator's name and the student's line."""
        used, self._used = self._used[:20], []
        return used

    def _refusing(self, namespace: str, operator: str) -> Callable[..., Any]:
        def kernel(*_args: Any, **_kwargs: Any) -> None:
            self.record(f"{namespace}::{operator}")

        return kernel

    def _replace(self, namespace: str, key: str, kernels: dict[str, Callable[..., Any]]) -> Any:
        library = torch._C._dispatch_library("IMPL", namespace, key, "autograder", 0)
        for operator, kernel in kernels.items():
            library.impl(operator, key, kernel, False)  # type: ignore[call-arg]  # the stub lags
        return library

    def _guard_engine(self, refuse: bool) -> None:
        """Give the ways to the engine a name and a line; without a graph they come to nothing."""
        engine: Any = _RefusingEngine(self) if refuse else ENGINE
        torch.autograd.Variable._execution_engine = engine
        for (module, name), original in ENGINE_ENTRIES.items():
            setattr(module, name, self._refuse_engine if refuse else original)

    def _refuse_engine(self, *_args: Any, **_kwargs: Any) -> None:
        self.record(AUTOGRAD)


class _RefusingEngine:
    """Stands in the place of torch's autograd engine, so that its use has a name and a line.

    The engine itself stays, for gradients that the judge asks for; student code that gets at it
    finds no graph to run on.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def run_backward(self, *_args: Any, **_kwargs: Any) -> None:
        self._guard.record(AUTOGRAD)

    def __getattr__(self, name: str) -> Any:
        return getattr(ENGINE, name)
