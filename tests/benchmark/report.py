# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The table on the screen, the JSON file, and the table of docs/benchmarks.md."""

import json
from datetime import datetime

from instance import progress
from rich.table import Table

from .goals import PLAIN_RATIO
from .measure import MEBIBYTE

BEGIN, END = "<!-- benchmark: begin -->", "<!-- benchmark: end -->"
COLUMNS = (
    "step",
    "units",
    "seconds",
    "per second",
    "Odoo MiB",
    "PostgreSQL MiB",
    "goal",
    "met",
)
_MARKS = {True: "yes", False: "no", None: ""}


def rows_of(result):
    """Return the cells of each step, as texts in the order of ``COLUMNS``."""
    return [
        (
            step.name,
            f"{step.units:,} {step.unit}",
            f"{step.seconds:,.1f}",
            f"{step.rate:,.0f}",
            _mebibytes(step.program_bytes),
            _mebibytes(step.backend_bytes),
            f"≤ {step.goal_seconds:,.1f} s" if step.goal_seconds else "",
            _MARKS[step.is_met],
        )
        for step in result.steps
    ]


def plain_sentence(result):
    """Say how the run compares with plain Odoo."""
    verdict = "met" if result.plain_ratio >= PLAIN_RATIO else "not met"
    return (
        f"A bill created and posted, one process: {result.own_milliseconds:.1f} ms; "
        f"plain Odoo (batch of 500, 3 lines): {result.plain_milliseconds:.1f} ms. "
        f"{result.plain_ratio:.1f} times as fast; goal {PLAIN_RATIO:g}, {verdict}."
    )


def truth_sentence(result):
    """Say whether the records became what they must."""
    if result.wrong_records:
        return f"{result.wrong_records:,} records became something else than they must."
    return "Every record became what the generator knows it must become."


def show(result):
    """Print the result as a table."""
    table = Table(*COLUMNS, title=f"Benchmark: {result.command}", title_justify="left")
    for column in table.columns[2:6]:
        column.justify = "right"
    for row in rows_of(result):
        style = {"yes": "green", "no": "bold red"}.get(row[-1])
        table.add_row(*row[:-1], f"[{style}]{row[-1]}[/]" if style else row[-1])
    progress.console.print(table)
    progress.say(plain_sentence(result))
    progress.say(truth_sentence(result))
    progress.say(_machine_line(result), "dim")


def write_json(result, folder):
    """Write the result into a file of its own and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now():%Y-%m-%d_%H%M%S}.json"
    text = json.dumps(result.as_json(), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def refresh_document(result, path):
    """Put the result between the markers of a Markdown document.

    :raise ValueError: when the markers aren't there
    """
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} lacks {BEGIN} or {END}")
    text = f"{before}{BEGIN}\n{_markdown(result)}\n{END}{after}"
    path.write_text(text, encoding="utf-8")


def _markdown(result):
    lines = [f"`{result.command}`", "", f"| {' | '.join(COLUMNS)} |"]
    lines.append("|---|---|---:|---:|---:|---:|---|---|")
    lines += [f"| {' | '.join(row)} |" for row in rows_of(result)]
    lines += ["", plain_sentence(result), "", truth_sentence(result), ""]
    lines.append(_machine_line(result))
    return "\n".join(lines)


def _machine_line(result):
    return "; ".join(f"{name}: {value}" for name, value in result.machine.items())


def _mebibytes(count):
    return f"{count / MEBIBYTE:,.0f}" if count else ""
