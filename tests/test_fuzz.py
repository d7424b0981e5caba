"""Fuzzed replies, notebooks, scripts and course files: a result or an expected error, nothing else.

``AUTOGRADER_FUZZ_EXAMPLES`` sets how many of each are tried.
"""

import contextlib
import json
import os
import struct
from pathlib import Path

import pytest
import torch
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from autograder.course import Assignment, Exercise, load_course
from autograder.errors import UsageError
from autograder.sandbox import _LoadReply, read_replies
from autograder.submission import NotGradable, read_file
from autograder.testing import Mismatch, assert_close, assert_precise
from autograder.testing.exercise import match_form
from autograder.worker import protocol

fuzzed = settings(
    max_examples=int(os.environ.get("AUTOGRADER_FUZZ_EXAMPLES", "500")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["0", "1", "nan", "inf", "\ud800", "\0", "::error", "=1", "<b>", 10**400])
)
keys = st.sampled_from(
    ["tensor", "list", "tuple", "dict", "float", "size", "stride", "grad", "problem", "0", "x"]
) | st.text(max_size=5)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=12,
)
values = st.recursive(
    scalars | st.sampled_from([{"tensor": "0"}, {"tensor": "1"}, {"float": "nan"}]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: {"list": items}),
        st.lists(inner, max_size=3).map(lambda items: {"tuple": items}),
        st.lists(st.tuples(scalars, inner).map(list), max_size=3).map(lambda p: {"dict": p}),
        trees,
    ),
    max_leaves=8,
)
raised = st.fixed_dictionaries(
    {"kinds": st.lists(st.text(max_size=9), max_size=3), "text": st.text(max_size=50)},
    optional={"place": st.text(max_size=9) | st.none(), "line": st.integers() | trees},
)
replies = st.fixed_dictionaries(
    {
        "value": values,
        "modified": st.lists(st.text(max_size=3), max_size=2),
        "printed": st.text(max_size=20),
        "printed_bytes": st.integers(),
        "operators": st.lists(st.tuples(st.text(max_size=9), st.integers()), max_size=2) | trees,
        "seconds": st.floats(),
    },
    optional={
        "gradients": st.dictionaries(st.text(max_size=3), values, max_size=3) | trees,
        "raised": raised | trees,
        "refused": scalars,
        "missing": scalars,
        "handle": scalars,
        "more": trees,
    },
)
dtypes = st.sampled_from(
    ["F64", "F32", "F16", "BF16", "I64", "U8", "BOOL", "C64", "F8_E4M3", "U64"]
)
shapes = st.lists(st.integers(0, 3) | st.sampled_from([2**31, 2**62, 2**63 - 1]), max_size=20)


@st.composite
def blobs(draw):
    """Something like safetensors: a length, a header, data."""
    data = draw(st.binary(max_size=64))
    header = {
        name: {
            "dtype": draw(dtypes),
            "shape": draw(shapes | st.sampled_from([[], [1], [2, 2], [2], [8]])),
            "data_offsets": draw(
                st.tuples(st.integers(0, 64), st.integers(0, 64)) | st.just((0, len(data)))
            ),
        }
        for name in draw(st.lists(st.sampled_from(["0", "1", "__metadata__", ""]), max_size=2))
    }
    text = draw(st.just(json.dumps(header).encode()) | st.binary(max_size=30))
    size = draw(st.just(len(text)) | st.integers(0, 2**64 - 1))
    return struct.pack("<Q", size) + text + data


@st.composite
def good_blobs(draw):
    from safetensors.torch import save

    dtype = draw(st.sampled_from(sorted(protocol.DTYPES, key=str)))
    shape = draw(st.lists(st.integers(0, 3), max_size=4))
    return save({"0": torch.ones(shape, dtype=dtype), "1": torch.zeros((), dtype=torch.int64)})


@st.composite
def messages(draw):
    """A frame, whole or damaged."""
    text = draw(
        replies.map(lambda reply: json.dumps({"id": 1, "replies": [reply]}).encode())
        | trees.map(lambda tree: json.dumps(tree).encode())
        | st.binary(max_size=60)
    )
    blob = draw(st.just(b"") | good_blobs() | blobs())
    whole = struct.pack("!II", len(text), len(blob)) + text + blob
    cut = draw(st.just(len(whole)) | st.integers(0, len(whole)))
    return whole[:cut]


def reader(data):
    place = 0

    def read(size):
        nonlocal place
        part = data[place : place + size]
        place += size
        if len(part) < size:
            raise EOFError
        return bytearray(part)

    return read


def receive(data):
    """All that the judge does with a reply."""
    header, tensors = protocol.read_frame(reader(data), 1 << 20, 1 << 16)
    with contextlib.suppress(ValidationError):
        _LoadReply.model_validate(header)
    (reply,) = read_replies((header, tensors), 1, 1.0)
    for form in ("tensor", "int", "numbers", ("tensor", "numbers"), ("int", "int")):
        with contextlib.suppress(Mismatch):
            value = match_form(reply.value, form)
            if form == "tensor":
                for compare in (assert_close, assert_precise):
                    with contextlib.suppress(Mismatch):
                        compare(value, torch.ones(2, 2, dtype=torch.float64))
    for gradient in (reply.gradients or {}).values():
        if gradient is not None:
            with contextlib.suppress(Mismatch):
                assert_close(gradient, torch.ones(2, 2))
    assert reply.gradients is None or reply.gradients["never sent"] is None


@fuzzed
@example(struct.pack("!II", 2**32 - 1, 0))
@example(struct.pack("!II", 5, 0) + b"[[[[[")
@example(struct.pack("!II", 60000, 0) + b"[" * 60000)
@given(messages())
def test_replies(data):
    with contextlib.suppress(protocol.ProtocolError, ValidationError, EOFError):
        receive(data)


@fuzzed
@given(st.binary(max_size=200))
def test_blobs_of_any_bytes(data):
    with contextlib.suppress(protocol.ProtocolError):
        protocol._decode_blob(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


ASSIGNMENT = Assignment(title="x", exercises={"f": Exercise(points=1)})
ASSIGNMENT._name = "01_work"

sources = st.text(max_size=60) | st.sampled_from(
    ["def f(): return 1\n", "%magic\n", "!ls", "%%bash\n", "x?", "(", "\ud800", "\0", "\x0c# %%\n"]
)
cells = st.fixed_dictionaries(
    {"cell_type": st.sampled_from(["code", "markdown"]) | scalars},
    optional={
        "source": sources | st.lists(sources, max_size=3) | trees,
        "metadata": st.just({"nbgrader": {"grade_id": "f"}}) | trees,
        "outputs": trees,
    },
)
notebooks = st.fixed_dictionaries(
    {"cells": st.lists(cells, max_size=4) | trees}, optional={"nbformat": scalars}
)
texts = notebooks.map(json.dumps) | trees.map(json.dumps)
files = texts.map(str.encode) | st.binary(max_size=100) | texts.map(lambda t: t[:-3].encode())


@fuzzed
@given(files)
def test_notebooks(folder, data):
    read(folder / "work.ipynb", data)


@fuzzed
@given(
    st.binary(max_size=100)
    | st.lists(sources, max_size=5).map(lambda p: "\n# %%\n".join(p).encode("utf-8", "replace"))
)
def test_scripts(folder, data):
    read(folder / "work.py", data)


def read(file, data):
    file.write_bytes(data)
    try:
        submission = read_file(file, "ada", ASSIGNMENT)
    except NotGradable as reason:
        assert str(reason) and "\n" not in str(reason)
    else:
        assert submission.cells
    finally:
        file.unlink()


ROOT = Path(__file__).parents[1]
COURSE = yaml.safe_load((ROOT / "course.yml").read_text(encoding="utf-8"))


@st.composite
def courses(draw):
    """The course's own file with some of it replaced, moved or left out."""
    data = json.loads(json.dumps(COURSE, default=str))
    for _ in range(draw(st.integers(1, 3))):
        place, path = data, draw(st.lists(st.integers(0, 9), min_size=1, max_size=5))
        for step in path:
            if not isinstance(place, dict) or not place:
                break
            key = sorted(place, key=str)[step % len(place)]
            if step == path[-1] or not isinstance(place[key], dict):
                change = draw(st.sampled_from(["replace", "remove", "rename"]))
                value = place.pop(key)
                if change == "replace":
                    place[key] = draw(trees)
                elif change == "rename":
                    place[draw(keys)] = value
                break
            place = place[key]
    return yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "replace")


@fuzzed
@given(
    courses()
    | st.binary(max_size=80)
    | st.text(max_size=80).map(lambda t: t.encode("utf-8", "replace"))
)
def test_course_files(folder, data):
    file = folder / "course.yml"
    file.write_bytes(data)
    try:
        load_course(file)
    except UsageError as error:
        assert "\n" not in str(error)
