"""The lock itself, layer by layer: a process puts it on and tries what it should not be able to."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the lock is Linux's")

ROOT = Path(__file__).parents[1]
START = """
import ctypes, errno, json, os, sys
from autograder.worker import lock
prepared = lock.prepare()
lock.die_with_parent()
parent = os.getppid()
libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    done = libc.syscall(ctypes.c_long(number), *map(ctypes.c_long, arguments))
    return "done" if done >= 0 else errno.errorcode[ctypes.get_errno()]

def attempt(action):
    try:
        action()
        return "done"
    except OSError as error:
        return errno.errorcode[error.errno]

prepared.apply(lock.Bounds(256 << 20, 5))
"""


def locked(code, *arguments):
    """What a script prints as JSON after it has put on the lock."""
    done = subprocess.run(
        [sys.executable, "-c", f"{START}\n{code}", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


X86 = os.uname().machine == "x86_64"
#: System calls by number: Python has no name for most, and its own refusal does not count here.
CALLS = {
    "ptrace": (101, 0),
    "fork": (57,),
    "vfork": (58,),
    "clone": (56, 17),
    "execve": (59, 0),
    "kill": (62, 0, 0),
    "tgkill": (234, 0, 0, 0),
    "rt_sigqueueinfo": (129, 0, 0, 0),
    "socket_inet": (41, 2, 1, 0),
    "socket_unix": (41, 1, 1, 0),
    "socket_netlink": (41, 16, 3, 0),
    "socket_alg": (41, 38, 5, 0),
    "socketpair": (53, 1, 1, 0, 0),
    "sendto": (44, 0, 0, 0, 0, 0, 0),
    "memfd_create": (319, 0, 0),
    "memfd_secret": (447, 0),
    "shmget": (29, 0, 4096, 0o1600),
    "mq_open": (240, 0, 0o100, 0o600, 0),
    "io_uring_setup": (425, 1, 0),
    "userfaultfd": (323, 0),
    "bpf": (321, 0, 0, 0),
    "perf_event_open": (298, 0, 0, -1, -1, 0),
    "keyctl": (250, 0, 0),
    "unshare": (272, 0x10000000),
    "setns": (308, 0, 0),
    "mount": (165, 0, 0, 0, 0, 0),
    "chroot": (161, 0),
    "process_vm_readv": (310, 1, 0, 0, 0, 0, 0),
    "pidfd_open": (434, 1, 0),
    "setrlimit": (160, 9, 0),
    "setitimer": (38, 0, 0, 0),
    "timer_create": (222, 0, 0, 0),
    "sync": (162,),
    "unlink": (87, 0),
    "truncate": (76, 0, 0),
    "personality": (135, -1),
    "landlock_create_ruleset": (444, 0, 0, 1),
    "seccomp": (317, 0, 0, 0),
    "die_with_parent_no_more": (157, 1, 0),
    "dumpable_again": (157, 4, 1),
    "no_such_call_yet": (600,),
}


@pytest.mark.skipif(not X86, reason="numbers of x86-64")
def test_system_calls_are_refused():
    found = locked(f"print(json.dumps({{n: call(*a) for n, a in {CALLS!r}.items()}}))")
    assert found == dict.fromkeys(CALLS, "EPERM")


@pytest.mark.skipif(not X86, reason="numbers of x86-64")
def test_calls_of_another_architecture_end_the_process():
    done = subprocess.run(
        [sys.executable, "-c", f"{START}\ncall(0x40000000 + 39)"], cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGSYS


def test_signals_by_descriptor_are_refused():
    code = """
import fcntl
read, write = os.pipe()
print(json.dumps([
    attempt(lambda: fcntl.fcntl(read, fcntl.F_SETOWN, parent)),
    attempt(lambda: fcntl.fcntl(read, 10, 9)),
    attempt(lambda: fcntl.ioctl(read, 0x8901, b"\\0" * 4)),
    attempt(lambda: fcntl.ioctl(0, 0x5412, b"x")),
]))
"""
    assert locked(code) == ["EPERM"] * 4


def test_files_are_out_of_reach(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    code = """
secret, folder = sys.argv[1], sys.argv[2]
print(json.dumps({
    "read": attempt(lambda: os.open(secret, os.O_RDONLY)),
    "list": attempt(lambda: os.listdir(folder)),
    "root": attempt(lambda: os.listdir("/")),
    "write": attempt(lambda: os.open(secret, os.O_WRONLY)),
    "make": attempt(lambda: os.open(folder + "/new", os.O_CREAT | os.O_WRONLY)),
    "unnamed": attempt(lambda: os.open(folder, os.O_TMPFILE | os.O_RDWR)),
    "shm": attempt(lambda: os.open("/dev/shm/new", os.O_CREAT | os.O_RDWR)),
    "maps": attempt(lambda: os.open("/proc/self/maps", os.O_RDONLY)),
    "environ": attempt(lambda: os.open(f"/proc/{parent}/environ", os.O_RDONLY)),
    "self": attempt(lambda: os.open("/proc/self/environ", os.O_RDONLY)),
    "library": attempt(lambda: os.open(os.__file__, os.O_WRONLY)),
    "fine": attempt(lambda: os.open(os.__file__, os.O_RDONLY)),
    "null": attempt(lambda: os.open("/dev/null", os.O_RDWR)),
}))
"""
    found = locked(code, str(secret), str(tmp_path))
    assert found.pop("fine") == "done"
    assert found.pop("null") in ("done", "EACCES")
    assert set(found.values()) == {"EACCES"}, found
    assert [p.name for p in tmp_path.iterdir()] == ["secret"]


def test_limits_cannot_be_raised_and_hold():
    code = """
import mmap, resource
found = {}
for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE"):
    number = getattr(resource, name)
    soft, hard = resource.getrlimit(number)
    assert soft == hard
    try:
        resource.setrlimit(number, (soft, resource.RLIM_INFINITY))
        found[name] = "raised"
    except (OSError, ValueError):
        found[name] = "kept"
try:
    mmap.mmap(-1, 512 << 20)
    found["shared"] = "got"
except OSError as error:
    found["shared"] = "kept"
print(json.dumps(found))
"""
    assert set(locked(code).values()) == {"kept"}


def test_threads_still_start():
    code = """
import threading
found = []
thread = threading.Thread(target=lambda: found.append(1))
thread.start()
thread.join()
print(json.dumps(found))
"""
    assert locked(code) == [1]


def test_a_worker_that_dies_takes_its_children_along():
    from autograder.course import Limits
    from autograder.workers import WarmWorker

    worker = WarmWorker.spawn()
    pid, connection = worker.open(Limits())
    os.kill(worker._pid, signal.SIGKILL)
    worker.close()
    connection.close()
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.05)
    raise AssertionError("the child is still there")


def test_a_child_that_cannot_lock_itself_is_the_graders_fault(monkeypatch):
    from autograder.course import Limits
    from autograder.errors import GraderFault
    from autograder.worker import lock
    from autograder.workers import WarmWorker

    def broken(*_: object) -> None:
        raise OSError(errno.ENOMEM, "no")

    monkeypatch.setattr(lock.Lock, "apply", broken)
    worker = WarmWorker.fork(graded=False)
    try:
        with pytest.raises(GraderFault, match="cannot lock a child"):
            worker.open(Limits())
    finally:
        worker.close()


def test_a_lane_keeps_none_of_the_instructors_environment(monkeypatch):
    from autograder import batch
    from autograder.course import load_course

    monkeypatch.setenv("GRADEBOOK_TOKEN", "secret")
    seen = {}

    def popen(command, **options):
        seen.update(options, command=command)
        raise RuntimeError

    monkeypatch.setattr(batch.subprocess, "Popen", popen)
    lane = batch.Lane(load_course(ROOT), [])
    with pytest.raises(RuntimeError):
        lane.start()
    assert "GRADEBOOK_TOKEN" not in seen["env"] and "-P" in seen["command"]


MISSING = """
import sys
from autograder.worker import lock
if sys.argv[1] == "landlock":
    lock.SYS_CREATE_RULESET = 999  # no such call, as on a kernel without Landlock
else:
    sys.modules["pyseccomp"] = None
"""


@pytest.mark.parametrize("layer", ["landlock", "seccomp"])
def test_a_missing_layer_is_named_with_its_fix(layer):
    code = (
        f"{MISSING}\nfor layer in lock.prepare().layers: print(layer.name, layer.active, layer.fix)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, layer], capture_output=True, text=True, check=True, cwd=ROOT
    )
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert "False" in lines[layer] and len(lines[layer]) > len(layer) + 10
    assert all("True" in line for name, line in lines.items() if name != layer)


@pytest.fixture
def without_landlock(tmp_path, monkeypatch):
    """A start-up file in a folder of the instructor's that takes one layer away."""
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes, os\n"
        "libc = ctypes.CDLL(None)\n"
        "import pyseccomp, errno\n"
        "one = pyseccomp.SyscallFilter(pyseccomp.ALLOW)\n"
        "one.add_rule(pyseccomp.ERRNO(errno.ENOSYS), 'landlock_create_ruleset')\n"
        "one.load()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def run(*arguments):
    command = [sys.executable, "-m", "autograder.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def honest(folder):
    from .attacks import harness

    built = harness.build(folder, harness.attacks()[:1])
    return built.only_honest(), built.course


def test_grading_refuses_where_a_layer_is_missing(without_landlock, tmp_path):
    doctor = run("doctor")
    assert doctor.returncode == 1 and "NO  landlock" in doctor.stdout and "fix:" in doctor.stdout
    submitted, course = honest(tmp_path / "class")
    refused = run("grade", submitted, "--out", tmp_path / "out", "--course", course)
    assert refused.returncode == 1
    last = refused.stderr.splitlines()[-1]
    assert "landlock is missing" in last and "kernel 5.13" in last and "best-effort" in last
    assert not list((tmp_path / "out").glob("*/*.json"))
    told = ("--isolation", "best-effort")
    done = run("grade", submitted, "--out", tmp_path / "out", "--course", course, *told)
    assert done.returncode == 0 and list((tmp_path / "out").glob("*/*.json"))


def test_course_file_can_say_best_effort(without_landlock, tmp_path):
    submitted, course = honest(tmp_path / "class")
    file = course / "course.yml"
    file.write_text(file.read_text().replace("isolation: required", "isolation: best_effort"))
    done = run("grade", submitted, "--out", tmp_path / "out", "--course", course)
    assert done.returncode == 0, done.stderr


def test_private_folders_may_not_lie_where_children_read(tmp_path):
    from autograder.worker import lock

    assert lock.readable_from_inside(Path(sys.prefix) / "course") is not None
    assert lock.readable_from_inside(tmp_path) is None
    submitted, course = honest(tmp_path / "class")
    out = Path(sys.prefix) / "results-of-a-test"
    try:
        done = run("grade", submitted, "--out", out, "--course", course)
    finally:
        out.rmdir()
    assert done.returncode == 1 and "which student code can read" in done.stderr


def test_doctor_is_whole_here():
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    for word in ("landlock", "seccomp", "rlimits", "namespaces", "cgroups", "macOS", "Windows"):
        assert word in done.stdout


def test_python_refuses_to_reach_into_its_memory():
    code = """
lock.refuse_events()
import gc
found = []
for action in (
    lambda: gc.get_objects(), lambda: gc.get_referrers(1), lambda: ctypes.string_at(id(1), 8),
    lambda: ctypes.CDLL(None), lambda: libc.getpid, lambda: ctypes.c_long.from_address(id(1)),
):
    try:
        action()
        found.append("done")
    except PermissionError:
        found.append("refused")
print(json.dumps(found))
"""
    assert locked(code) == ["refused"] * 6
