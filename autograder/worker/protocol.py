"""Frames and values on the wire between the judge and a child.

A frame is two big-endian 32-bit lengths, a JSON object of the first length, and a safetensors
blob of the second. A value is a JSON tree: ``null``, booleans, numbers and strings stand for
themselves; everything else is a one-key object: ``{"list": […]}``, ``{"tuple": […]}``,
``{"dict": [[key, value], …]}``, ``{"float": "nan"}`` or ``{"tensor": "3", …}``, where ``"3"`` names
a tensor in the blob. A tensor sent to the child may also carry ``size``, ``stride`` and ``offset`` (a
view of the stored one), ``requires_grad`` and ``grad``.
"""

from __future__ import annotations

import json
import math
import os
import struct
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import safetensors.torch
import torch

#: Exactly n bytes; EOFError if there are no more.
Read = Callable[[int], bytes | bytearray]
#: At most n bytes as soon as there are any, none at the end.
Receive = Callable[[int], bytes]
LENGTHS = struct.Struct("!II")
BLOB_LENGTH = struct.Struct("<Q")
#: What a child says once its lock is on, before its first frame.
READY = b"\x01"
MAX_DEPTH = 16
MAX_NODES = 20_000
MAX_STRING = 100_000
MAX_RANK = 16
MAX_INT_BITS = 64

#: What a tensor on the wire may hold, by its name in safetensors.
DTYPES = {
    torch.float64: "F64",
    torch.float32: "F32",
    torch.float16: "F16",
    torch.bfloat16: "BF16",
    torch.int64: "I64",
    torch.int32: "I32",
    torch.int16: "I16",
    torch.int8: "I8",
    torch.uint8: "U8",
    torch.bool: "BOOL",
}
BLOB_ALIGNMENT = 8
RECEIVE_BYTES = 1 << 16

to_json = json.JSONEncoder(separators=(",", ":")).encode


class NotPlain(Exception):
    """A value that may not travel; the text names what it is."""


class ProtocolError(Exception):
    """Bytes that are not a well-formed message."""


# --- frames ------------------------------------------------------------------------------------


def encode_frame(header: dict[str, Any], tensors: dict[str, torch.Tensor]) -> bytes:
    """One message as bytes; the tensors must be contiguous and share no storage."""
    text = to_json(header).encode("ascii")
    blob = _encode_blob(tensors) if tensors else b""
    return LENGTHS.pack(len(text), len(blob)) + text + blob


def _encode_blob(tensors: dict[str, torch.Tensor]) -> bytes:
    """What ``safetensors.torch.save`` gives, in a fifth of its time for a few small tensors."""
    parts, table, start = [], {}, 0
    for name, tensor in tensors.items():
        plain = tensor.view(torch.int16) if tensor.dtype is torch.bfloat16 else tensor
        data = plain.numpy().tobytes()
        offsets = [start, start + len(data)]
        shape = list(tensor.shape)
        table[name] = {"dtype": DTYPES[tensor.dtype], "shape": shape, "data_offsets": offsets}
        parts.append(data)
        start += len(data)
    header = to_json(table).encode("ascii")
    header += b" " * (-len(header) % BLOB_ALIGNMENT)
    return b"".join((BLOB_LENGTH.pack(len(header)), header, *parts))


def read_frame(
    read: Read, limit: int, text_limit: int | None = None
) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """The next message; ``read(n)`` returns exactly n bytes. Lengths are checked before reading.

    Raises ProtocolError for anything that is not a message of at most ``limit`` bytes, of which at
    most ``text_limit`` are JSON. Its text says nothing that the sender could choose.
    """
    text_size, blob_size = LENGTHS.unpack(read(LENGTHS.size))
    if text_size + blob_size > limit or text_size > (text_limit or limit):
        raise ProtocolError("a message over the limit")
    text, blob = read(text_size), read(blob_size)
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("a message that is not JSON") from error
    if not isinstance(header, dict):
        raise ProtocolError("a message that is not an object")
    return header, _decode_blob(blob)


def _decode_blob(blob: bytes | bytearray) -> dict[str, torch.Tensor]:
    if not blob:
        return {}
    try:
        tensors = safetensors.torch.load(bytes(blob))
    except Exception as error:  # the parser's own errors are of many classes
        raise ProtocolError("a blob that is not safetensors") from error
    for tensor in tensors.values():
        if tensor.dtype not in DTYPES or tensor.dim() > MAX_RANK:
            raise ProtocolError("a tensor of a kind that may not travel")
    return tensors


class Reader:
    """Hands out a stream's bytes as asked for, in few system calls.

    Plain ``read`` and ``write``: the lock refuses the socket calls.
    """

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._unread = bytearray()

    def read(self, size: int) -> bytearray:
        """Exactly ``size`` bytes; EOFError when the stream ends before."""
        while len(self._unread) < size:
            received = self._receive(max(RECEIVE_BYTES, size - len(self._unread)))
            if not received:
                raise EOFError
            self._unread += received
        found = self._unread[:size]
        del self._unread[:size]
        return found


def write_all(descriptor: int, data: bytes) -> None:
    """Write everything to a blocking descriptor."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


# --- values ------------------------------------------------------------------------------------


class Encoder:
    """Turns values into trees and collects their tensors.

    With ``views=True`` (judge to child) tensors keep their strides, ``requires_grad`` and ``grad``;
    without, they travel as plain dense copies.
    """

    def __init__(self, *, views: bool, max_bytes: int) -> None:
        self.tensors: dict[str, torch.Tensor] = {}
        self._views = views
        self._bytes_left = max_bytes
        self._nodes_left = MAX_NODES

    def encode(self, value: object, depth: int = 0) -> Any:
        """The tree of a value; NotPlain for anything that may not travel."""
        self._nodes_left -= 1
        if depth > MAX_DEPTH or self._nodes_left < 0:
            raise NotPlain("a structure that is too deep or has too many parts")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return self._int(value)  # type: ignore[arg-type]  # narrowed by exact type
        if kind is float:
            return value if math.isfinite(value) else {"float": repr(value)}  # type: ignore[arg-type]  # narrowed by exact type
        if kind is str:
            if len(value) > MAX_STRING:  # type: ignore[arg-type]  # narrowed by exact type
                raise NotPlain("a very long string")
            return value
        if isinstance(value, list | tuple):  # named tuples, too
            name = "list" if isinstance(value, list) else "tuple"
            return {name: [self.encode(item, depth + 1) for item in value]}
        if kind is dict or kind is OrderedDict:
            items = value.items()  # type: ignore[attr-defined]  # narrowed by exact type
            return {"dict": [[self._key(k), self.encode(v, depth + 1)] for k, v in items]}
        if kind is torch.Tensor or kind is torch.nn.Parameter:
            return self._tensor(value)  # type: ignore[arg-type]  # narrowed by exact type
        if isinstance(value, float):  # numpy's float64
            return self.encode(float.__float__(value), depth)
        raise NotPlain(describe_type(kind))

    def _int(self, value: int) -> int:
        if value.bit_length() > MAX_INT_BITS:
            raise NotPlain(f"an integer of more than {MAX_INT_BITS} bits")
        return value

    def _key(self, key: object) -> object:
        if type(key) not in (str, int, bool) and key is not None:
            raise NotPlain(f"a dict with a key of type {describe_type(type(key))}")
        return self.encode(key)

    def _tensor(self, tensor: torch.Tensor) -> dict[str, Any]:
        check_plain_tensor(tensor)
        if tensor.numel() * tensor.element_size() > self._bytes_left:
            raise NotPlain("a result that is larger than the limit")
        name = str(len(self.tensors))
        node: dict[str, Any] = {"tensor": name}
        dense = tensor.detach()
        if not self._views:
            dense = dense.resolve_neg().clone(memory_format=torch.contiguous_format)
        elif not dense.is_contiguous():
            size, stride = tuple(tensor.size()), tuple(tensor.stride())
            extent = 1 + sum((n - 1) * s for n, s in zip(size, stride, strict=True))
            node["size"], node["stride"] = size, stride
            dense = dense.as_strided((extent,), (1,))
        if self._views and tensor.requires_grad:
            node["requires_grad"] = True
        self.tensors[name] = dense
        self._bytes_left -= dense.numel() * dense.element_size()
        if self._views and tensor.is_leaf and tensor.grad is not None:
            node["grad"] = self._tensor(tensor.grad)
        return node


def describe_type(kind: type) -> str:
    """A type's name as it may be shown, ``module.name`` outside the builtins."""
    module = getattr(kind, "__module__", "")
    name = str(getattr(kind, "__qualname__", "?"))[:80]
    return name if module in ("builtins", "__main__") else f"{module!s:.80}.{name}"


def check_plain_tensor(tensor: torch.Tensor) -> None:
    """NotPlain unless the tensor is a dense CPU tensor of an ordinary dtype."""
    if tensor.layout is not torch.strided:
        raise NotPlain(f"a tensor of layout {tensor.layout}")
    if tensor.device.type != "cpu":
        raise NotPlain(f"a tensor on device {tensor.device.type!r}")
    if tensor.is_nested or tensor.is_quantized or tensor.dtype not in DTYPES:
        raise NotPlain(f"a tensor of dtype {tensor.dtype}")
    if tensor.dim() > MAX_RANK:
        raise NotPlain(f"a tensor of {tensor.dim()} dimensions")


def decode(
    tree: Any, tensors: dict[str, torch.Tensor], *, views: bool = False, depth: int = 0
) -> Any:
    """The value of a tree; ProtocolError if the tree is malformed.

    Only the child, which trusts the judge, decodes with ``views=True``.
    """
    if depth > MAX_DEPTH + 1:
        raise ProtocolError("a value that is nested too deeply")
    if isinstance(tree, int) and tree.bit_length() > MAX_INT_BITS:
        raise ProtocolError("an integer that is too large")
    if tree is None or isinstance(tree, bool | int | float | str):
        return tree
    if isinstance(tree, dict) and tree:
        tag = next(iter(tree))
        body = tree[tag]
        if tag == "tensor":
            return _decode_tensor(tree, tensors, views=views)
        if len(tree) == 1:
            if tag == "float" and body in ("nan", "inf", "-inf"):
                return float(body)
            if tag in ("list", "tuple") and isinstance(body, list):
                items = [decode(item, tensors, views=views, depth=depth + 1) for item in body]
                return items if tag == "list" else tuple(items)
            if tag == "dict" and isinstance(body, list):
                return _decode_dict(body, tensors, views, depth)
    raise ProtocolError("a value that is malformed")


def _decode_dict(
    body: list[Any], tensors: dict[str, torch.Tensor], views: bool, depth: int
) -> dict[Any, Any]:
    result = {}
    for pair in body:
        if not (isinstance(pair, list) and len(pair) == 2):
            raise ProtocolError("a dict that is malformed")
        key, value = pair
        if not (key is None or isinstance(key, str | int)):
            raise ProtocolError("a dict that is malformed")
        result[key] = decode(value, tensors, views=views, depth=depth + 1)
    return result


def _decode_tensor(
    node: dict[str, Any], tensors: dict[str, torch.Tensor], *, views: bool
) -> torch.Tensor:
    name = node["tensor"]
    if not isinstance(name, str) or name not in tensors or (len(node) > 1 and not views):
        raise ProtocolError("a tensor that is malformed")
    tensor = tensors[name]
    if "stride" in node:
        tensor = tensor.as_strided(node["size"], node["stride"])
    if node.get("requires_grad"):
        tensor.requires_grad_()
    if "grad" in node:
        tensor.grad = _decode_tensor(node["grad"], tensors, views=views)
    return tensor
