"""Check the prerequisites, have the virtualenv ready, and hand over to `instance`.

Standard library only, for Python 3.10 to 3.13: it runs before anything is installed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATE = ROOT / ".instance"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements.txt"
STAMP = VENV / "requirements.sha256"
SERVER = STATE / "postgres" / "data" / "postmaster.pid"
LOG = STATE / "logs" / "pip.log"
REMEDIES = {
    "git": "Install git, e.g. sudo apt-get install git.",
    "make": "Install make, e.g. sudo apt-get install make.",
}
REMOVERS = ("stop", "clean", "distclean")


def main() -> None:
    """Prepare, then become the command that was asked for."""
    check_prerequisites()
    if sys.argv[1] in REMOVERS and not VENV.exists() and not SERVER.exists():
        remove_rest()
        return
    os.chdir(ROOT)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    # Two commands at once in a checkout would make the same virtualenv.
    with open(STATE / "bootstrap.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ensure_venv()
        ensure_requirements()
    environment = dict(os.environ, PYTHONPATH=str(ROOT / "setup"))
    command = [str(PYTHON), "-m", "instance", *sys.argv[1:]]
    os.execve(str(PYTHON), command, environment)


def check_prerequisites() -> None:
    """Say in one line each what is missing."""
    missing = [text for name, text in REMEDIES.items() if shutil.which(name) is None]
    if STATE.exists() and not os.access(STATE, os.W_OK):
        missing.append(f"{STATE} belongs to another user: make clean as that user.")
    if not os.access(ROOT, os.W_OK):
        missing.append(f"{ROOT} is not yours to write: clone it to a folder of yours.")
    if missing:
        sys.exit("\n".join(missing))


def remove_rest() -> None:
    """Remove what is left without a virtualenv, for which none is worth making."""
    if sys.argv[1] == "distclean":
        shutil.rmtree(STATE, ignore_errors=True)
    print("Nothing runs here, and there is no virtualenv.")


def ensure_venv() -> None:
    """Make the virtualenv, or make it anew when it no longer starts."""
    if PYTHON.exists() and run([PYTHON, "-c", "import sys"], quiet=True) == 0:
        return
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"… virtualenv with Python {version}", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    if run([sys.executable, "-m", "venv", VENV]):
        fail("The virtualenv could not be made.")


def ensure_requirements() -> None:
    """Install requirements.txt when it is another than last time."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    started = time.monotonic()
    if install():
        fail("The requirements could not be installed; is PyPI reachable?")
    STAMP.write_text(wanted)
    seconds = time.monotonic() - started
    print(f"✓ requirements.txt installed ({seconds:.0f} s)", flush=True)


def install() -> int:
    """Run pip, counting the packages it collects on the screen."""
    lines = REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    total = sum("==" in line for line in lines)
    command = [PYTHON, "-m", "pip", "install", "--no-deps", "--only-binary=:all:"]
    command += ["--no-compile", "--no-input", "--disable-pip-version-check"]
    command += ["--no-color", "-r", REQUIREMENTS]
    print(f"… requirements.txt: up to {total} packages, about a minute", flush=True)
    return run(command, count=("Collecting", total))


def run(command, quiet=False, count=None) -> int:
    """Run a program with its output in the log; its exit code."""
    with (
        open(os.devnull if quiet else LOG, "a", encoding="utf-8") as log,
        subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as program,
    ):
        seen = 0
        for line in program.stdout:
            log.write(line)
            if count and line.startswith(count[0]) and sys.stdout.isatty():
                seen += 1
                print(f"\r  {seen}/{count[1]}", end="\r", flush=True)
    return program.returncode


def fail(problem: str) -> None:
    """End with the problem, the log's name and its last lines."""
    end = LOG.read_text(encoding="utf-8").splitlines()[-8:] if LOG.exists() else []
    quoted = "".join(f"\n    {line}" for line in end)
    sys.exit(f"{problem} The log is {LOG} and ends with:{quoted}")


if __name__ == "__main__":
    main()
