"""Right programs as notebooks, editors and other machines leave them: what they define counts."""

import shutil
import sys

import pytest

from .attacks import harness
from .test_malformed import HONEST, book, notebook, script

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="grading is for Linux")

ELSEWHERE = {
    "module": "import matplotlib.pyplot as plt\nplt.figure()",
    "own_package": "from d2l import torch as d2l",
    "file_to_read": "import torch\nimage = torch.load('edge.pt')\nprint(image.shape)",
    "file_to_write": "open('log.txt', 'w').write('x')",
    "folder": "import os\nos.makedirs('out', exist_ok=True)\nos.listdir('.')",
    "program": "import subprocess\nsubprocess.run(['ls'])",
    "keyboard": "name = input('Your name? ')\nprint(name)",
    "exported": "get_ipython().run_line_magic('matplotlib', 'inline')\ndisplay(1)",
    "encoding": "import io, sys\n"
    "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8')\nprint('é')",
    "reconfigured": "import sys\nsys.stdout.reconfigure(encoding='utf-8')\nprint(sys.stdout.closed)",
    "threads": "import torch\ntorch.set_num_threads(2)\ntorch.set_num_interop_threads(2)",
    "crash_dump": "import faulthandler\nfaulthandler.enable()",
}
CELLS = {
    "timed": f"%%time\n{HONEST}",
    "captured": f"\n\n%%capture out\n{HONEST}",
    "stacked": f"%%time\n%%prun -q\n{HONEST}",
    "shell_result": f"files = !ls\n{HONEST}\n!rm x",
    "magic_result": f"{HONEST}\nspent = %timeit -o double(1)",
    "operators_first": f"%matplotlib inline\n{HONEST}\nx = (7\n % 4)\ny = (x\n !=\n 3)",
    "magic_in_a_text": f"!pip install torch\n{HONEST}\ntext = '''\n%d of\n!x\n'''\nassert '%d' in text",
    "continued": f"!pip install \\\n    torch \\\n    numpy\n{HONEST}",
    "help": f"{HONEST}\n?print\nprint?\nprint??",
}
INDENTED = "".join(f"    {line}" for line in HONEST.splitlines(keepends=True))
#: What Python alone could not read, or would run otherwise, in a cell or a whole script.
PASTED = {
    "indented": INDENTED,
    "prompts": "".join(
        f"{'...' if line.startswith((' ', ')')) else '>>>'} {line}"
        for line in HONEST.splitlines(keepends=True)
    ),
    "numbered": "".join(
        f"{'   ...:' if line.startswith((' ', ')')) else 'In [12]:'} {line}"
        for line in HONEST.splitlines(keepends=True)
    ),
    "colab": f"# -*- coding: utf-8 -*-\n!pip install torch\n%matplotlib inline\n{HONEST}",
    "writes_itself": f"%%writefile attack.py\n{HONEST}",
    "shell_settings": f"get_ipython().config.InlineBackend.figure_format = 'svg'\n{HONEST}",
    "compiled": HONEST.replace("def ", "@torch.compile\ndef ", 1),
}
#: What a notebook holds over several cells.
BOOKS = {
    "waits": ("import asyncio\nawait asyncio.sleep(0)\n" + HONEST,),
    "writes_a_helper": (f"%%writefile helper.py\n{HONEST}", "from helper import *"),
    "runs_a_helper": (f"%%writefile helper.py\n{HONEST}", "%run ./helper.py"),
}
#: Top-level code that ends or holds up the process, beside code that only running it defines.
MADE = (
    HONEST.replace("def double", "def _double")
    + """
def make():
    return lambda x: _double(x) * {1: 1}[ONE]

try:
    import einops
except ImportError:
    einops = None
ONE = None
for ONE in range(2):
    pass
if einops is None:
    double = make()
"""
)
ENDS = {
    "exits": f"import os\n{MADE}\nos._exit(0)",
    "exits_first": f"import os\nos._exit(3)\n{MADE}",
    "exits_twice": f"import os\nos._exit(3)\n{MADE}\nos.abort()",
    "hangs": f"{MADE}\nsteps = 0\nwhile True:\n    steps += 1",
    "hangs_with_a_name": f"def train():\n    while True: pass\nloss = train()\nprint(loss)\n{MADE}",
}
DECORATED = "def same(f):\n    return f\n" + HONEST.replace("def ", "@same\n# %%\ndef ", 1)

#: Name, what is handed in.
PROGRAMS = {
    **{name: script(f"{text}\n{HONEST}") for name, text in ELSEWHERE.items()},
    **{f"{name}_cell": book(notebook(f"{t}\n{HONEST}")) for name, t in ELSEWHERE.items()},
    **{name: book(notebook(text)) for name, text in CELLS.items()},
    **{name: script(text) for name, text in {**PASTED, **ENDS}.items()},
    **{f"{name}_cell": book(notebook(text)) for name, text in {**PASTED, **ENDS}.items()},
    **{name: book(notebook(*cells)) for name, cells in BOOKS.items()},
    "marker_below_a_decorator": script(DECORATED),
    "own_mistake": script(f"print(image)\n{HONEST}"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = tmp_path_factory.mktemp("programs")
    shutil.copytree(harness.HERE / "course", root / "course")
    for name, make in PROGRAMS.items():
        folder = root / "submitted" / name / harness.ASSIGNMENT
        folder.mkdir(parents=True)
        make(folder)
    done = harness.grade(root / "submitted", root / "out", root / "course")
    assert done.returncode == 0, done.stderr
    return harness.results(root / "out")


@pytest.mark.parametrize("name", sorted(set(PROGRAMS) - {"own_mistake"}))
def test_full_marks(graded, name):
    assert graded[name]["score"] == graded[name]["max_score"], graded[name]["message"]


def test_what_was_passed_over_is_said(graded):
    assert "line 1 raised ModuleNotFoundError" in graded["module"]["message"]
    assert "line 1 raised EOFError" in graded["keyboard"]["message"]
    assert "line 1: left out" in graded["timed"]["message"]
    assert graded["exported"]["message"] is None


def test_a_statement_that_was_passed_over_is_named(graded):
    assert "the top-level code in line 3 took more than" in graded["hangs_with_a_name"]["message"]
    assert "cell 1, line 2 ended the Python process" in graded["exits_first_cell"]["message"]


def test_a_mistake_of_the_students_own_stops_the_cell(graded):
    """As it would stop a kernel, or an import."""
    assert graded["own_mistake"]["exercises"][0]["score"] == 0
    assert "line 1 raised NameError" in graded["own_mistake"]["message"]
