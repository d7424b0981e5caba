"""The lock a child puts on itself before the first line of student code.

Layers, each detected on its own and each sufficient against something the others are not:

* ``landlock``: files only by allow-list (read the interpreter and its libraries, write nothing),
  no TCP, no signals or abstract sockets across the border.
* ``seccomp``: only the system calls that Python and torch need. No new processes (threads may
  start), no sockets, no tracing, no signals, no shared memory, no change of any limit; a system
  call that is not on the list fails with EPERM.
* ``rlimits``: memory, CPU, file size, descriptors, no core dump.
* ``no_new_privs``: nothing executed could gain rights; seccomp and Landlock need it.

The filter and the rule set are built once in the warm process (:func:`prepare`); a child only
applies them (:meth:`Lock.apply`), a handful of system calls.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
import sysconfig
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.worker.layers import Layer

if sys.platform != "win32":
    import resource

LINUX = sys.platform == "linux"

# <linux/prctl.h>, <linux/seccomp.h>
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
# <linux/landlock.h>; the three system calls have these numbers on every architecture
SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
RULE_PATH_BENEATH = 1
ACCESS_READ_FILE, ACCESS_READ_DIR = 1 << 2, 1 << 3
#: How many file access rights each ABI version knows (index 0 is unused).
ACCESS_RIGHTS = (0, 13, 14, 15, 15, 16)
FIRST_NET_ABI, FIRST_SCOPE_ABI = 4, 6

#: The system calls that Python and torch need once they run; every other one fails with EPERM.
ALLOWED = (
    # files, as far as Landlock lets them; no call that only writes
    *("read", "readv", "pread64", "preadv", "write", "writev", "pwrite64", "lseek"),
    *("open", "openat", "openat2", "close", "close_range", "dup", "dup2", "dup3", "pipe", "pipe2"),
    *("stat", "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat"),
    *(
        "faccessat2",
        "readlink",
        "readlinkat",
        "getdents",
        "getdents64",
        "getcwd",
        "chdir",
        "fchdir",
    ),
    "umask",
    # memory
    *("brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "mincore", "msync", "membarrier"),
    # threads of this process, waiting
    *("futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "set_tid_address"),
    *("gettid", "exit", "exit_group", "sched_yield", "sched_getaffinity", "sched_getparam"),
    *("sched_getscheduler", "sched_get_priority_max", "sched_get_priority_min", "getcpu"),
    *("nanosleep", "clock_nanosleep", "poll", "ppoll", "select", "pselect6", "restart_syscall"),
    *("epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2"),
    *("eventfd", "eventfd2", "timerfd_create", "timerfd_settime", "timerfd_gettime"),
    # signals to itself by the kernel only
    *("rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait"),
    *("rt_sigsuspend", "sigaltstack", "pause", "wait4", "waitid"),
    # asking about time, the machine and itself
    *("clock_gettime", "clock_getres", "gettimeofday", "time", "times", "getrusage", "getrandom"),
    *(
        "getpid",
        "getppid",
        "getpgrp",
        "getpgid",
        "getsid",
        "getuid",
        "geteuid",
        "getgid",
        "getegid",
    ),
    *("getresuid", "getresgid", "getgroups", "getrlimit", "getpriority", "uname", "sysinfo"),
    *("arch_prctl", "riscv_flush_icache", "riscv_hwprobe"),
)
#: The commands of fcntl, ioctl and prctl that do no more than describe or duplicate.
FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, …CLOEXEC
IOCTL_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)  # TCGETS … FIOCLEX
PRCTL_COMMANDS = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
CLONE_THREAD = 0x00010000

#: What Python itself refuses: calls to any address, and looking for the objects that refuse them.
REFUSED_EVENTS = frozenset(
    {
        *("ctypes.addressof", "ctypes.call_function", "ctypes.cdata", "ctypes.cdata/buffer"),
        *("ctypes.dlopen", "ctypes.dlsym", "ctypes.dlsym/handle", "ctypes.PyObj_FromPtr"),
        *("ctypes.string_at", "ctypes.wstring_at"),
        *("gc.get_objects", "gc.get_referents", "gc.get_referrers"),
    }
)


@dataclass(frozen=True)
class Bounds:
    """What one child may use: bytes of memory beyond the warm process's own, CPU seconds."""

    memory_bytes: int
    cpu_seconds: int


class Lock:
    """A prepared lock: built in the warm process, applied in each child."""

    def __init__(self, ruleset: int | None, program: bytes | None, layers: tuple[Layer, ...]):
        self._ruleset = ruleset
        self._program = program
        self.layers = layers

    def apply(self, bounds: Bounds) -> None:
        """Lock the calling process for good. OSError if a layer that should hold does not."""
        if not LINUX:
            return
        _limit_resources(bounds)
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        if self._ruleset is not None:
            _syscall(SYS_RESTRICT_SELF, self._ruleset, 0)
            os.close(self._ruleset)
        if self._program is not None:
            _load_filter(self._program)


def refuse_events() -> None:
    """Have Python refuse what would reach into its own memory, for good."""

    def hook(event: str, _args: object, refused: frozenset[str] = REFUSED_EVENTS) -> None:
        if event in refused:
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(hook)


def readable_from_inside(path: Path) -> Path | None:
    """The readable folder that a path lies in, or None: what a child must not see lies in none."""
    resolved = path.resolve()
    return next((p for p in readable_paths() if resolved.is_relative_to(p.resolve())), None)


def prepare() -> Lock:
    """Build what this machine can give; its layers say what is there and what is missing."""
    ruleset, landlock = _prepare_landlock()
    program, seccomp = _prepare_seccomp()
    return Lock(ruleset, program, (landlock, seccomp, *_other_layers()))


# --- landlock ----------------------------------------------------------------------------------


class _RulesetAttr(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def _prepare_landlock() -> tuple[int | None, Layer]:
    fix = "a Linux kernel 5.13 or later with Landlock among its security modules (lsm=…,landlock)"
    if not LINUX:
        return None, Layer("landlock", False, "only on Linux", fix)
    try:
        abi = _syscall(SYS_CREATE_RULESET, None, 0, 1)
    except OSError as error:
        return None, Layer("landlock", False, os.strerror(error.errno or 0), fix)
    attributes = _RulesetAttr((1 << ACCESS_RIGHTS[min(abi, len(ACCESS_RIGHTS) - 1)]) - 1, 0, 0)
    size = 8
    if abi >= FIRST_NET_ABI:
        attributes.handled_access_net, size = 0b11, 16
    if abi >= FIRST_SCOPE_ABI:
        attributes.scoped, size = 0b11, 24
    ruleset = _syscall(SYS_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    for path in readable_paths():
        _allow_reading(ruleset, path)
    return ruleset, Layer("landlock", True, f"ABI {abi}")


def readable_paths() -> tuple[Path, ...]:
    """What a child may read: the interpreter, its libraries and a few files torch asks for."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    libraries = {sysconfig.get_path(key) for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    system = {
        *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime"),
        *("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/sys/devices/system/cpu"),
        *("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"),
    }
    paths = {Path(name) for name in (prefixes | libraries | system) if name}
    return tuple(sorted(path for path in paths if path.exists()))


def _allow_reading(ruleset: int, path: Path) -> None:
    access = ACCESS_READ_FILE | (ACCESS_READ_DIR if path.is_dir() else 0)
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _PathBeneath(access, descriptor)
        _syscall(SYS_ADD_RULE, ruleset, RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(descriptor)


# --- seccomp -----------------------------------------------------------------------------------


def _prepare_seccomp() -> tuple[bytes | None, Layer]:
    fix = "the library libseccomp.so.2 (Debian and Ubuntu: apt install libseccomp2)"
    if not LINUX:
        return None, Layer("seccomp", False, "only on Linux", "")
    try:
        import pyseccomp  # loads libseccomp, which may be missing
    except (ImportError, OSError, RuntimeError) as error:
        return None, Layer("seccomp", False, str(error), fix)
    equal, any_bit = pyseccomp.EQ, pyseccomp.MASKED_EQ
    conditions = [
        *(("fcntl", pyseccomp.Arg(1, equal, command)) for command in FCNTL_COMMANDS),
        *(("ioctl", pyseccomp.Arg(1, equal, command)) for command in IOCTL_COMMANDS),
        *(("prctl", pyseccomp.Arg(0, equal, command)) for command in PRCTL_COMMANDS),
        ("prlimit64", pyseccomp.Arg(2, equal, 0)),  # asking, not setting
        ("clone", pyseccomp.Arg(0, any_bit, CLONE_THREAD, CLONE_THREAD)),
    ]
    filter_ = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    for name, *arguments in (*((name,) for name in ALLOWED), *conditions):
        with suppress(OSError):  # this architecture or library does not know the call
            filter_.add_rule(pyseccomp.ALLOW, name, *arguments)
    # Its flags lie in memory, out of a filter's sight; glibc falls back to clone.
    filter_.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    with tempfile.TemporaryFile() as file:
        filter_.export_bpf(file)
        file.seek(0)
        return file.read(), Layer("seccomp", True, f"{len(ALLOWED)} system calls allowed")


class _SockFprog(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _load_filter(program: bytes) -> None:
    buffer = ctypes.create_string_buffer(program, len(program))
    length = len(program) // struct.calcsize("HBBI")
    fprog = _SockFprog(length, ctypes.addressof(buffer))
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(fprog))


# --- the rest ----------------------------------------------------------------------------------


def _other_layers() -> tuple[Layer, ...]:
    if not LINUX:
        return tuple(Layer(n, False, "only on Linux") for n in ("rlimits", "no_new_privs"))
    memory = "memory, CPU, file size, descriptors, core dumps"
    return (Layer("rlimits", True, memory), Layer("no_new_privs", True, "prctl"))


def unused_layers() -> tuple[Layer, ...]:
    """What the machine offers besides, which the lock does without."""
    if not LINUX:
        return ()
    allowed = "not used: landlock and seccomp need no rights"
    namespaces = all((Path("/proc/self/ns") / name).exists() for name in ("user", "pid", "net"))
    cgroups = Path("/sys/fs/cgroup")
    writable = os.access(cgroups, os.W_OK)
    return (
        Layer("namespaces", False, f"{'there' if namespaces else 'not there'}, {allowed}"),
        Layer("cgroups", False, f"{'writable' if writable else 'not writable'}, {allowed}"),
    )


def _limit_resources(bounds: Bounds) -> None:
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CPU: bounds.cpu_seconds,
        resource.RLIMIT_AS: _address_space() + bounds.memory_bytes,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for name, value in limits.items():
        resource.setrlimit(name, (value, value))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def hide_from_children() -> None:
    """Make this process's memory and /proc entries unreadable for others of the same user."""
    if LINUX:
        _prctl(PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies."""
    if LINUX:
        _prctl(PR_SET_PDEATHSIG, 9)


def _prctl(*arguments: int) -> None:
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:5]]
    if _libc().prctl(*padded) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"prctl: {os.strerror(number)}")


def _syscall(number: int, *arguments: object) -> int:
    result: int = _libc().syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
