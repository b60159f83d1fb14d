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
    """Let ruff and sqlfluff rewrite what they can: order of imports, layout."""
    tools = paths.venv / "bin"
    sql = sorted(map(str, paths.addons.glob("*/sql/**/*.sql")))
    codes = [
        subprocess.call([tools / "ruff", "check", "--fix", "--quiet"], cwd=paths.root),
        subprocess.call([tools / "ruff", "format"], cwd=paths.root),
    ]
    if sql:
        command = [tools / "sqlfluff", "fix", "--disable-progress-bar", *sql]
        codes.append(subprocess.call(command, cwd=paths.root))
    return max(codes)
