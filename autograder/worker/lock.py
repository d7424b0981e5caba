"""The lock a child puts on itself before the first line of student code.

Layers, each detected on its own and each sufficient against something the others are not:

* ``landlock``: files only by allow-list (read the interpreter and its libraries, write nothing),
  no TCP, no signals or abstract sockets across the border.
* ``seccomp``: no new processes, no sockets, no tracing, no mounts, no signals, no executable
  memory tricks; a system call that is refused fails with EPERM.
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
ACCESS_EXECUTE, ACCESS_READ_FILE, ACCESS_READ_DIR = 1 << 0, 1 << 2, 1 << 3
#: How many file access rights each ABI version knows (index 0 is unused).
ACCESS_RIGHTS = (0, 13, 14, 15, 15, 16)
FIRST_NET_ABI, FIRST_SCOPE_ABI = 4, 6

#: System calls that fail with EPERM inside the lock.
DENIED = [
    "fork",
    "vfork",
    "execve",
    "execveat",
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "kill",
    "tkill",
    "tgkill",
    "rt_sigqueueinfo",
    "rt_tgsigqueueinfo",
    "pidfd_open",
    "pidfd_getfd",
    "pidfd_send_signal",
    "socket",
    "socketpair",
    "connect",
    "bind",
    "listen",
    "accept",
    "accept4",
    "sendto",
    "recvfrom",
    "sendmsg",
    "sendmmsg",
    "recvmsg",
    "recvmmsg",
    "setsockopt",
    "shutdown",
    "mount",
    "umount2",
    "pivot_root",
    "chroot",
    "move_mount",
    "open_tree",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "mount_setattr",
    "unshare",
    "setns",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "keyctl",
    "add_key",
    "request_key",
    "memfd_create",
    "memfd_secret",
    "shmget",
    "shmat",
    "shmctl",
    "semget",
    "semop",
    "semctl",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "mq_open",
    "mq_unlink",
    "prlimit64",
    "setrlimit",
    "setpriority",
    "sched_setaffinity",
    "sched_setscheduler",
    "sched_setparam",
    "sched_setattr",
    "ioprio_set",
    "setuid",
    "setgid",
    "setreuid",
    "setregid",
    "setresuid",
    "setresgid",
    "setgroups",
    "setfsuid",
    "setfsgid",
    "capset",
    "setsid",
    "setpgid",
    "personality",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "reboot",
    "swapon",
    "swapoff",
    "acct",
    "quotactl",
    "sethostname",
    "setdomainname",
    "settimeofday",
    "clock_settime",
    "clock_adjtime",
    "adjtimex",
    "syslog",
    "name_to_handle_at",
    "open_by_handle_at",
    "fanotify_init",
    "inotify_init",
    "inotify_init1",
    "kcmp",
    "seccomp",
    "landlock_create_ruleset",
    "chmod",
    "fchmod",
    "fchmodat",
    "chown",
    "fchown",
    "lchown",
    "fchownat",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "mknod",
    "mknodat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "truncate",
    "setxattr",
    "lsetxattr",
    "fsetxattr",
    "utime",
    "utimes",
    "utimensat",
    "futimesat",
    "alarm",
    "setitimer",
    "timer_create",
    "vmsplice",
    "lookup_dcookie",
    "uselib",
    "ioperm",
    "iopl",
    "modify_ldt",
]
CLONE_THREAD = 0x00010000


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
        if sys.platform == "win32":
            return
        _limit_resources(bounds)
        if not LINUX:
            return
        _prctl(PR_SET_NO_NEW_PRIVS, 1)
        if self._ruleset is not None:
            _syscall(SYS_RESTRICT_SELF, self._ruleset, 0)
            os.close(self._ruleset)
        if self._program is not None:
            _load_filter(self._program)


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
    if path.is_dir():
        access |= ACCESS_EXECUTE
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
    refuse = pyseccomp.ERRNO(errno.EPERM)
    filter_ = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    for name in DENIED:
        try:
            filter_.add_rule(refuse, name)
        except OSError:
            continue  # this architecture or library does not know the call
    no_thread = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, CLONE_THREAD, 0)
    filter_.add_rule(refuse, "clone", no_thread)
    # Its flags lie in memory, out of a filter's sight; glibc falls back to clone.
    filter_.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    with tempfile.TemporaryFile() as file:
        filter_.export_bpf(file)
        file.seek(0)
        return file.read(), Layer("seccomp", True, f"{len(DENIED) + 2} system calls refused")


class _SockFprog(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _load_filter(program: bytes) -> None:
    buffer = ctypes.create_string_buffer(program, len(program))
    length = len(program) // struct.calcsize("HBBI")
    fprog = _SockFprog(length, ctypes.addressof(buffer))
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(fprog))


# --- the rest ----------------------------------------------------------------------------------


def _other_layers() -> tuple[Layer, ...]:
    if sys.platform == "win32":
        missing = "Windows has no equivalent; the deadline still holds"
        return (Layer("rlimits", False, missing), Layer("no_new_privs", False, missing))
    memory = "memory, CPU, file size, descriptors, core dumps"
    if not LINUX:
        return (
            Layer("rlimits", True, memory),
            Layer("no_new_privs", False, "only on Linux"),
        )
    return (Layer("rlimits", True, memory), Layer("no_new_privs", True, "prctl"))


def _limit_resources(bounds: Bounds) -> None:
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_CPU: bounds.cpu_seconds,
    }
    if LINUX:
        limits[resource.RLIMIT_AS] = _address_space() + bounds.memory_bytes
        limits[resource.RLIMIT_MEMLOCK] = 0
        limits[resource.RLIMIT_MSGQUEUE] = 0
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
