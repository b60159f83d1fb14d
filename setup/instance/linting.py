"""`make lint`: the hooks of `.pre-commit-config.yaml` over the whole tree."""

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
