"""The warm process: imports torch once, then forks a locked child for each request.

Control messages are single datagrams of JSON on a SOCK_SEQPACKET pair held by the judge:
``{"op": "open", "memory_bytes", "cpu_seconds", "max_reply", "forbidden", "eager"}`` with the
child's end of its stream socket attached, answered by ``{"pid"}``; ``{"op": "close", "pid"}``, which
kills the child if it still runs, reaps it and answers ``{"signal", "exit", "cpu_seconds"}``; and
``{"op": "collapse"}``, which makes further forks cheaper and answers ``{}``.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
import time
import warnings
from contextlib import suppress
from importlib import import_module

import torch

from autograder.worker import child, lock, operators, pages

#: What torch imports when a program's first optimizer is made, in more than a second.
LAZY_PART = "torch._dynamo"
MAX_MESSAGE = 4096
HIGHEST_DESCRIPTOR = 4096
FORK_ATTEMPTS, FORK_PAUSE_SECONDS = 50, 0.2


def warm_up(*, graded: bool) -> None:
    """Do once what every child would otherwise do: look-ups, thread settings.

    ``graded`` takes out of torch what student code that is graded should not find.
    """
    os.environ |= child.ENVIRONMENT  # torch reads it when it loads the lazy part
    torch.set_num_threads(1)
    torch.set_num_interop_threads(1)
    torch.set_num_interop_threads = child.ignore  # a second time it would raise
    warnings.simplefilter("ignore")
    if graded:
        operators.close_escapes()


def serve(control: socket.socket, *, graded: bool) -> None:
    """Fork and reap children on request until the judge hangs up."""
    lock.die_with_parent()
    lock.hide_from_children()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the judge, who then hangs up
    warm_up(graded=graded)
    prepared = lock.prepare()
    guard = operators.Guard()
    layers = [[layer.name, layer.active, layer.detail, layer.fix] for layer in prepared.layers]
    gc.collect()
    gc.freeze()
    control.send(json.dumps({"layers": layers}).encode())
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(control, MAX_MESSAGE, 1)
        if not message:
            return
        request = json.loads(message)
        if request["op"] == "open":
            if request["eager"] and LAZY_PART not in sys.modules:
                guard.arm(frozenset())
                import_module(LAZY_PART)
                gc.freeze()
            guard.arm(frozenset(request["forbidden"]))
            answer = _open(request, descriptors[0], prepared, guard)
        elif request["op"] == "collapse":
            pages.collapse()
            answer = {}
        else:
            answer = _close(request["pid"])
        control.send(json.dumps(answer).encode())


def _open(
    request: dict[str, int], descriptor: int, prepared: lock.Lock, guard: operators.Guard
) -> dict[str, object]:
    parent = os.getpid()
    try:
        pid = _fork()
    except OSError as error:
        os.close(descriptor)
        return {"error": f"cannot fork: {error.strerror}"}
    if pid:
        os.close(descriptor)
        return {"pid": pid}
    lock.die_with_parent()
    if os.getppid() != parent:
        os._exit(1)  # it died before it was asked about
    bounds = lock.Bounds(request["memory_bytes"], request["cpu_seconds"])

    def put_on() -> None:
        prepared.apply(bounds)
        guard.seal()
        lock.refuse_events()

    child.main(descriptor, put_on, HIGHEST_DESCRIPTOR, request["max_reply"], guard)
    raise AssertionError("a child never returns")


def _fork() -> int:
    """Fork; waits a little where another child's threads use up the machine's processes."""
    for _ in range(FORK_ATTEMPTS - 1):
        with suppress(BlockingIOError):
            return os.fork()
        time.sleep(FORK_PAUSE_SECONDS)
    return os.fork()


def _close(pid: int) -> dict[str, object]:
    os.kill(pid, signal.SIGKILL)
    _pid, status, usage = os.wait4(pid, 0)
    return {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
    }


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), graded=True)
