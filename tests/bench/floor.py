"""The same calls in a process that has torch: what no border could cost less than."""

from __future__ import annotations

import subprocess
import sys

from tests.bench.measure import ROOT

FLOOR = """
import sys, time
from pathlib import Path
import torch
torch.set_num_threads(1)
from autograder.course import load_course
from autograder.judge import run_session
from autograder.sandbox import Reply, Session
from autograder.submission import Submission
from autograder.vjp import gradients
from autograder.worker.child import named_tensors

course = load_course(Path(sys.argv[1]))
repeats = 5
names, spent, objects = {}, [0.0], {}

def run(call, target):
    if call.get:
        return target, None
    if call.upstream is None:
        return target(*call.args, **call.kwargs), None
    wanted = {k: t for k, t in named_tensors(call.args, call.kwargs).items() if t.is_floating_point()}
    wanted = {k: t.detach().requires_grad_() for k, t in wanted.items()}
    args = [wanted.get(str(i), a) for i, a in enumerate(call.args)]
    owner = objects[call.target[1]] if call.target[0] == "handle" else None
    value = target(*args, **{k: wanted.get(k, a) for k, a in call.kwargs.items()})
    if isinstance(owner, torch.nn.Module):
        wanted |= dict(owner.named_parameters())
    return value, dict(zip(wanted, gradients(value, wanted.values(), call.upstream.to(value.dtype))))

class Direct(Session):
    \"\"\"The same calls without a border: nothing is isolated, bounded or checked.\"\"\"
    def call(self, exercise, calls, forbidden):
        return tuple(map(self.one, calls))

    def one(self, call):
        kind, root, *attributes = call.target
        target = names[root] if kind == "name" else objects[root]
        for name in attributes:
            target = getattr(target, name)
        start, raised, value, found = time.process_time(), None, None, None
        try:
            value, found = run(call, target)
        except Exception as error:
            from autograder.sandbox import Raised
            raised = Raised(kinds=[c.__name__ for c in type(error).__mro__], text="")
        spent[0] += time.process_time() - start
        if call.keep is not None:
            objects[call.keep], value = value, None
        detach = lambda v: v.detach() if isinstance(v, torch.Tensor) else (
            type(v)(map(detach, v)) if isinstance(v, (list, tuple)) else
            {k: detach(x) for k, x in v.items()} if isinstance(v, dict) else v)
        return Reply(detach(value), raised, None, False, found, None, (), "", 0, (), 0.0)

def judge_all(judge, items):
    for assignment in course.assignments.values():
        if assignment.name in sys.argv[2:]:
            names.clear(), objects.clear()
            script = course.solution(assignment).read_text(encoding="utf-8")
            names["__name__"] = assignment.module
            exec(compile(script, assignment.module, "exec"), names)
            submission = Submission("s000", assignment.name, assignment.module, ())
            judge.judge(submission, items[assignment.name])  # warms up
            spent_before = spent[0]
            for _ in range(repeats):
                judged = judge.judge(submission, items[assignment.name])
            assert all(o.status == "passed" for o in judged.outcomes), judged.outcomes
            total[0] += (spent[0] - spent_before) / repeats

total = [0.0]
chosen = [course.assignments[name] for name in sys.argv[2:]]
run_session(course, chosen, None, judge_all, hidden=True, open_session=Direct)
print(total[0])
"""


def floor(assignments: list[str]) -> float:
    """CPU seconds of one submission's calls, made directly in a process that has torch."""
    done = subprocess.run(
        [sys.executable, "-c", FLOOR, ROOT, *assignments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"the floor failed:\n{done.stderr[-2000:]}")
    return float(done.stdout.split()[-1])
