"""What a process that parses strangers' bytes may not do, held by the kernel.

It may not write, append, cut, move or unlink a file, start a process, open a socket or
signal another. Linux holds that twice where it can: Landlock for files (any machine),
seccomp for calls (x86-64 and ARM); elsewhere the limits and the hook of Python stand
alone. `dateline doctor` tries each and tells what holds here.
"""

import ctypes
import errno
import json
import os
import platform
import resource
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2  # for prctl
NEW_RULESET, RESTRICT_SELF = 444, 446  # Landlock's calls, the same on every machine
# What Landlock forbids, by the version that knows it: starting, writing, removing,
# making, moving, cutting; TCP; signals and sockets of others.
FILES = {1: 0x1FF3, 2: 0x2000, 3: 0x4000}
NET, SCOPES = (4, 3), (6, 3)
MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# Calls that no reader needs, by their numbers on the two machines.
CALLS: dict[str, tuple[int | None, int | None]] = {
    "fork": (57, None), "vfork": (58, None),
    "execve": (59, 221), "execveat": (322, 281),
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203),
    "bind": (49, 200), "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242),
    "sendto": (44, 206), "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "creat": (85, None), "truncate": (76, 45), "ftruncate": (77, 46),
    "fallocate": (285, 47),
    "unlink": (87, None), "unlinkat": (263, 35), "rmdir": (84, None),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "link": (86, None), "linkat": (265, 37), "symlink": (88, None),
    "symlinkat": (266, 36), "mkdir": (83, None), "mkdirat": (258, 34),
    "mknod": (133, None), "mknodat": (259, 33),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53),
    "fchmodat2": (452, 452), "chown": (92, None), "fchown": (93, 55),
    "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None),
    "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "mount": (165, 40), "umount2": (166, 39), "move_mount": (429, 429),
    "fsopen": (430, 430), "open_tree": (428, 428), "open_by_handle_at": (304, 265),
    "pivot_root": (155, 41), "chroot": (161, 51), "setns": (308, 268),
    "unshare": (272, 97), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "add_key": (248, 217), "request_key": (249, 218),
    "keyctl": (250, 219), "init_module": (175, 105), "finit_module": (313, 273),
    "kexec_load": (246, 104), "personality": (135, 92),
}  # fmt: skip
UNKNOWN = {"clone3": (435, 435), "openat2": (437, 437)}  # libraries then use others
CLONE, OPEN, OPENAT = (56, 220), (2, None), (257, 56)
IOCTL, TGKILL = (16, 29), (234, 131)
THREAD = 0x10000  # of clone: a thread, no process
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
TYPES_FOR_US = (0x5412, 0x541C)  # of ioctl: keys pressed in somebody's terminal
LOAD, EQUAL, ANY, GIVE = 0x20, 0x15, 0x45, 0x06  # of the filter's machine
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # offsets in what a filter is shown
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
OTHER_NUMBERS = 0x40000000  # the second way of calling on x86-64
FILES_TRIED = ("kept.txt", "gone.txt", "moved.txt")
MEANS = ("limits", "landlock", "seccomp")
Step = tuple[int, int, int, int]


def confine(means: Sequence[str] = MEANS) -> list[str]:
    """Give up for good what no reader needs; return the means that hold here."""
    held: list[str] = []
    if "limits" in means:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file may grow
        held.append("limits")
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
            held += ["landlock"] * ("landlock" in means and restrict_files(libc))
            held += ["seccomp"] * ("seccomp" in means and filter_calls(libc))
    return held


def restrict_files(libc: Any) -> bool:
    """Have Landlock refuse all that changes files; whether it does."""
    version = libc.syscall(NEW_RULESET, None, 0, 1)
    if version < 1:
        return False
    told = [sum(bits for least, bits in FILES.items() if version >= least)]
    told += [bits for least, bits in (NET, SCOPES) if version >= least]
    attributes = struct.pack(f"<{len(told)}Q", *told)
    rules = libc.syscall(NEW_RULESET, attributes, len(attributes), 0)
    if rules < 0:
        return False
    held = bool(libc.syscall(RESTRICT_SELF, rules, 0) == 0)
    os.close(rules)
    return held


def filter_calls(libc: Any) -> bool:
    """Have seccomp refuse the calls of the table; whether it does."""
    machine = MACHINES.get(platform.machine())
    if machine is None or sys.byteorder != "little" or struct.calcsize("P") != 8:
        return False
    steps = list(filter_steps(*machine))
    raw = b"".join(struct.pack("<HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(raw, len(raw))
    told = struct.pack("@HP", len(steps), ctypes.addressof(kept))
    return bool(libc.prctl(SET_SECCOMP, FILTER, told, 0, 0) == 0)


def filter_steps(machine: int, column: int) -> Iterator[Step]:
    """Yield the steps of the filter for a machine, whose numbers stand in a column."""
    refused = REFUSE | errno.EPERM
    yield LOAD, 0, 0, MACHINE
    yield EQUAL, 1, 0, machine
    yield GIVE, 0, 0, KILL
    yield LOAD, 0, 0, NUMBER
    if column == 0:
        yield from answer_where(ANY, OTHER_NUMBERS, KILL)
    for numbers in CALLS.values():
        if (number := numbers[column]) is not None:
            yield from answer_where(EQUAL, number, refused)
    for numbers in UNKNOWN.values():
        if (number := numbers[column]) is not None:
            yield from answer_where(EQUAL, number, REFUSE | errno.ENOSYS)
    yield from judge_call(CLONE[column], 0, ((ANY, THREAD, ALLOW),), refused)
    writes = ((ANY, WRITES, refused),)
    yield from judge_call(OPENAT[column], 2, writes, ALLOW)
    if (number := OPEN[column]) is not None:
        yield from judge_call(number, 1, writes, ALLOW)
    keys = tuple((EQUAL, key, refused) for key in TYPES_FOR_US)
    yield from judge_call(IOCTL[column], 1, keys, ALLOW)
    own = ((EQUAL, os.getpid(), ALLOW),)  # a process may end itself
    yield from judge_call(TGKILL[column], 0, own, refused)
    yield GIVE, 0, 0, ALLOW


def answer_where(test: int, value: int, then: int) -> Iterator[Step]:
    """Yield the steps that answer `then` where what is loaded passes a test."""
    yield test, 0, 1, value
    yield GIVE, 0, 0, then


def judge_call(
    number: int, argument: int, tests: tuple[tuple[int, int, int], ...], rest: int
) -> Iterator[Step]:
    """Yield the steps that judge one call by an argument, and answer `rest` for others.

    What was loaded is lost within, so that each way out is an answer.
    """
    steps: list[Step] = [(LOAD, 0, 0, ARGUMENTS + 8 * argument)]
    for test in tests:
        steps += answer_where(*test)
    steps.append((GIVE, 0, 0, rest))
    yield EQUAL, 0, len(steps), number
    yield from steps


def attempts(folder: Path) -> dict[str, Callable[[], object]]:
    """Return what a reader must not be able to do, each as something to try."""
    kept, gone, moved = (folder / name for name in FILES_TRIED)
    return {
        "write": lambda: os.open(folder / "new", os.O_WRONLY | os.O_CREAT),
        "append": lambda: os.write(os.open(kept, os.O_WRONLY | os.O_APPEND), b"x"),
        "cut": lambda: os.truncate(kept, 0),
        "unlink": lambda: os.unlink(gone),  # noqa: PTH108
        "rename": lambda: os.rename(moved, folder / "other"),  # noqa: PTH104
        "link": lambda: os.symlink(kept, folder / "link"),  # noqa: PTH211
        "make a folder": lambda: os.mkdir(folder / "made"),  # noqa: PTH102
        "change rights": lambda: os.chmod(kept, 0o600),  # noqa: PTH101
        "fork": forked,
        "start a program": lambda: subprocess.run(["/bin/true"], check=False),
        "send UDP": udp,
        "connect": lambda: socket.create_connection(("127.0.0.1", 9), 1),
        "signal others": lambda: os.kill(os.getppid(), 0),
    }


def forked() -> None:
    """Start a process, which ends at once."""
    if os.fork() == 0:
        os._exit(0)


def udp() -> None:
    """Send a packet to this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.sendto(b"x", ("127.0.0.1", 9))


def run_attempts(folder: str, *means: str) -> None:
    """Confine this process, try everything, and write what could be done."""
    held = confine(means)
    done = []
    for name, attempt in attempts(Path(folder)).items():
        with suppress(PermissionError, BlockingIOError):
            try:
                attempt()
            except ConnectionRefusedError:
                pass  # it was asked: nobody listens
            except OSError as error:
                if error.errno == errno.EFBIG:
                    continue
                raise
            done.append(name)
    sys.stdout.write(json.dumps({"held": held, "done": done}))


def tried(means: Sequence[str] = MEANS) -> tuple[list[str], list[str]]:
    """Return what holds a process that reads here, and what it could still do."""
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES_TRIED:
            (Path(folder) / name).write_text("kept")
        words = (
            "import sys; from dateline.ingest.reading.sandbox import run_attempts;"
            " run_attempts(*sys.argv[1:])"
        )
        run = [sys.executable, "-P", "-c", words, folder, *means]
        done = subprocess.run(run, capture_output=True, check=False, timeout=60)
    try:
        told = json.loads(done.stdout)
        return told["held"], told["done"]
    except (ValueError, KeyError, TypeError):
        return [], ["everything: it could not be tried"]
