# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run a program and tell its time and the memory it and PostgreSQL took at most.

Memory is sampled: of the program, the largest resident set among it and its
children; of PostgreSQL, the anonymous memory of its largest backend on the database
(its shared buffers are the server's, whoever uses them).
"""

import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

_SAMPLE_SECONDS = 0.1
MEBIBYTE = 1024 * 1024


class Measured(NamedTuple):
    """What a program took; memory in bytes, 0 where the system does not tell."""

    seconds: float
    program_bytes: int
    backend_bytes: int


class ProgramFailed(Exception):
    """A measured program ended with an unexpected code; names its log file."""


def measure(command, *, env, cwd, log, database, stdin=None, accepted=(0,)):
    """Run a program to its end.

    :param list command: program and arguments
    :param Path log: where its output goes
    :param str database: name of the database it works on
    :param Path stdin: file to read from, or None
    :param accepted: exit codes that are no failure
    :return: ``Measured``
    :raise ProgramFailed: when it ends with another code
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with _source(stdin) as source, log.open("wb") as written:
        started = time.monotonic()
        program = subprocess.Popen(
            [str(word) for word in command],
            stdin=source,
            stdout=written,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
        )
        sampler = _Sampler(program.pid, database)
        code = program.wait()
        seconds = time.monotonic() - started
        program_bytes, backend_bytes = sampler.stop()
    if code not in accepted:
        raise ProgramFailed(f"{command[-1]} ended with code {code}; see {log}")
    return Measured(seconds, program_bytes, backend_bytes)


@contextmanager
def _source(path):
    if path is None:
        yield subprocess.DEVNULL
    else:
        with path.open("rb") as source:
            yield source


class _Sampler:
    """Looks at the processes until it is stopped."""

    def __init__(self, pid, database):
        self._pid = pid
        self._database = database
        self._peaks = [0, 0]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self):
        """Return the two peaks in bytes."""
        self._ended.set()
        self._thread.join()
        return self._peaks

    def _watch(self):
        while True:
            own = max((_resident(p) for p in _family(self._pid)), default=0)
            backend = max(map(_anonymous, _backends(self._database)), default=0)
            self._peaks = [max(self._peaks[0], own), max(self._peaks[1], backend)]
            if self._ended.wait(_SAMPLE_SECONDS):
                return


def _family(pid):
    try:
        program = psutil.Process(pid)
        return [program, *program.children(recursive=True)]
    except psutil.Error:
        return []


def _resident(process):
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _backends(database):
    """Yield the ids of the PostgreSQL processes that serve a database here."""
    for process in psutil.process_iter(["name", "cmdline"]):
        words = " ".join(process.info["cmdline"] or ())
        if words.startswith("postgres: ") and f" {database} " in words:
            yield process.pid


def _anonymous(pid):
    """Return the private memory of a process, as Linux tells it."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) * 1024
    return 0
