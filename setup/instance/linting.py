"""`make lint`: check the whole tree; `make format`: put right what can be."""

import os
import subprocess

from .paths import Paths


def lint(paths: Paths) -> int:
    """Run every hook over every file that git knows."""
    paths.make_folders()
    env = os.environ | {
        "PRE_COMMIT_HOME": str(paths.cache / "pre-commit"),
        # The hooks name their tools plainly; this is where they are.
        "PATH": f"{paths.venv / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    command = [str(paths.python), "-m", "pre_commit", "run", "--all-files"]
    return subprocess.call(command, cwd=paths.root, env=env, stdin=subprocess.DEVNULL)


def format_source(paths: Paths) -> int:
    """Let ruff rewrite what it can: the order of imports, old idioms, the layout."""
    ruff = paths.venv / "bin" / "ruff"
    subprocess.call([ruff, "check", "--fix", "--quiet"], cwd=paths.root)
    return subprocess.call([ruff, "format"], cwd=paths.root)
