"""`make test`: run the stages one after the other, and one table at the end."""

import os
import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import progress, templates
from .browser import ensure_browser
from .errors import SetupError
from .instance import Instance
from .stages import Stage, plan, select

COUNTED = ("passed", "failed", "error", "skipped")
NO_TESTS_RAN = 5  # pytest's exit code when a pattern selects nothing


@dataclass
class Result:
    """How a stage ended."""

    stage: Stage
    code: int
    seconds: float
    counts: dict[str, int]
    note: str = ""

    @property
    def failed(self) -> bool:
        return self.code != 0


def run_tests(instance: Instance, pattern: str = "") -> int:
    """Run every stage; 0 when all passed."""
    stages, pattern = select(plan(instance.root, instance.addons), pattern)
    names = " → ".join(stage.name for stage in stages)
    progress.say(f"Test stages: {names or 'none'}", "bold")
    no_browser = _prepare(instance, stages)
    results = [_run_stage(instance, stage, pattern) for stage in stages]
    _show(results, no_browser)
    if not any(result.counts for result in results):
        progress.say("No test ran.", "red")
        return 1
    return 1 if any(result.failed for result in results) else 0


def _prepare(instance: Instance, stages: Sequence[Stage]) -> str:
    """Chromium and outdated templates, if there are Odoo stages; why no browser."""
    chains = [stage.chain for stage in stages if stage.chain]
    if not chains:
        return ""
    instance.prepare()
    ground = templates.ground(instance)
    kept = [layer for chain in chains for layer in templates.layers(chain, ground)]
    templates.drop_others(instance, kept)
    return ensure_browser(instance.logs)


def _run_stage(instance: Instance, stage: Stage, pattern: str) -> Result:
    progress.say(f"\nStage {stage.name}", "bold")
    started = time.monotonic()
    log = instance.logs / f"test-{stage.name}.log"
    log.unlink(missing_ok=True)
    note = ""
    try:
        code = _pytest(instance, stage, pattern, log)
    except SetupError as error:
        progress.say(str(error), "red")
        code, note = 1, error.problem
    if code == NO_TESTS_RAN and pattern:
        code, note = 0, f"nothing matches {pattern}"
    return Result(stage, code, time.monotonic() - started, read_counts(log), note)


def _pytest(instance: Instance, stage: Stage, pattern: str, log: Path) -> int:
    report = instance.out / "tests" / f"{stage.name}.xml"
    words = [instance.python, "-m", "pytest", "-rs", f"--junitxml={report}"]
    if progress.console.is_terminal:
        words.append("--color=yes")
    if pattern:
        words += ["-k", pattern]
    env = dict(os.environ)
    if stage.chain:
        words += _odoo_options(instance, stage)
        env = instance.environment()
    folders = [folder for folder in stage.folders if folder.is_dir()]
    command = [str(word) for word in (*words, *folders)]
    return _tee(command, env, instance.root, log)


def _odoo_options(instance: Instance, stage: Stage) -> list[str]:
    """A fresh copy of the stage's template, and pytest-odoo pointed to it."""
    wanted = templates.layers(stage.chain, templates.ground(instance))
    template = templates.ensure(instance, wanted)
    database = instance.database(f"test_{stage.name}").copy_from(template)
    # The plugin is off by default (see pyproject.toml), here it is wanted.
    return [
        "-p", "pytest_odoo",
        f"--odoo-database={database.name}",
        f"--odoo-config={instance.conf}",
        f"--odoo-extra=db-filter=^{database.name}$",
        "--odoo-http",
    ]  # fmt: skip


def _tee(command: Sequence[str], env, cwd: Path, log: Path) -> int:
    """Run pytest with its output on the screen and in a log file."""
    with (
        open(log, "w", encoding="utf-8") as written,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
        ) as program,
    ):
        while block := program.stdout.read1(4096):
            text = block.decode("utf-8", errors="replace")
            print(text, end="", flush=True)
            written.write(text)
    return program.returncode


def read_counts(log: Path) -> dict[str, int]:
    """The numbers of pytest's closing line; empty when it wrote none."""
    try:
        last = log.read_text(encoding="utf-8").splitlines()[-1]
    except (OSError, IndexError):
        return {}
    found = re.findall(r"(\d+) (passed|failed|error|skipped)s?\b", last)
    return {word: int(number) for number, word in found}


def _show(results: Sequence[Result], no_browser: str) -> None:
    rows = []
    for result in results:
        outcome = "failed" if result.failed else "passed"
        numbers = [result.counts.get(word, 0) for word in COUNTED]
        seconds = f"{result.seconds:.0f} s"
        rows.append((result.stage.name, outcome, *numbers, seconds, result.note))
    columns = ("stage", "", *COUNTED, "time", "")
    progress.table("make test", columns, rows)
    if no_browser:
        progress.say(f"Browser tests were skipped: {no_browser}.", "yellow")
