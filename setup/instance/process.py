"""Run another program: its output in a log file, a spinner for the person."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import progress
from .errors import SetupError

# "2026-11-22 01:07:01,208 4147 INFO db odoo.modules.loading: " before the message
ODOO_PREFIX = re.compile(r"^\d{4}-\d\d-\d\d \S+ \d+ [A-Z]+ \S+ [\w.]+: ")


def run(
    args: Sequence[object],
    *,
    title: str,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: Path | None = None,
) -> None:
    """Run `args` to its end; a failure is one sentence that names the log file."""
    command = [str(arg) for arg in args]
    log.parent.mkdir(parents=True, exist_ok=True)
    source = open(stdin, "rb") if stdin else subprocess.DEVNULL
    with progress.step(title) as step, open(log, "w", encoding="utf-8") as written:
        try:
            code = _follow(command, source, written, step, env=env, cwd=cwd)
        finally:
            if stdin:
                source.close()
        if code:
            written.flush()
            raise SetupError(f"{title}: it ended with code {code}.", hint(log))


def quiet(args: Sequence[object], *, log: Path, cwd: Path | None = None) -> None:
    """Run a command with no line of its own; its output goes to the log file.

    To a file and not through a pipe: a daemon that it starts keeps that open.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "w", encoding="utf-8") as written:
        done = subprocess.run(
            [str(arg) for arg in args],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            cwd=cwd,
        )
    if done.returncode:
        raise SetupError(f"{log.stem} failed with code {done.returncode}.", hint(log))


def output(args: Sequence[object], *, env: Mapping[str, str] | None = None) -> str:
    """What a short command prints, or '' when it fails or is not there."""
    try:
        done = subprocess.run(
            [str(arg) for arg in args],
            capture_output=True,
            text=True,
            env=env,
            stdin=subprocess.DEVNULL,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def hint(log: Path, lines: int = 12) -> str:
    """Name the log file and quote its end."""
    try:
        text = log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return f"Its log would be {log}."
    end = "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
    return f"Its log is {log} and ends with:\n{end}" if end else f"Its log is {log}."


def _follow(command, source, written, step, **options) -> int:
    """Copy the program's output into the log, line by line, until it ends."""
    with subprocess.Popen(
        command,
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,
    ) as program:
        for line in program.stdout:
            written.write(line)
            written.flush()
            step.update(ODOO_PREFIX.sub("", line))
    return program.returncode


def is_root() -> bool:
    return os.geteuid() == 0
