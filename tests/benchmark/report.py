# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The table on the screen, the JSON file, and the table of docs/benchmarks.md."""

import json
from datetime import datetime

from instance import progress
from rich.table import Table

from .goals import PLAIN_RATIO
from .measure import MEBIBYTE

BEGIN, END = "<!-- benchmark {}: begin -->", "<!-- benchmark {}: end -->"
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
NAMED_RECORDS = 5
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


def plain_sentences(result):
    """Say how the run compares with plain Odoo, for each number of lines."""
    yield (
        f"A bill of the month ({result.own_lines_per_bill:.1f} lines) created and "
        f"posted, one process: {result.own_milliseconds:.1f} ms."
    )
    for plain in result.plain:
        ratio = result.ratio(plain)
        verdict = "met" if ratio >= PLAIN_RATIO else "not met"
        yield (
            f"Plain Odoo, batch of 500, {plain.lines_per_bill:.1f} lines: "
            f"{plain.milliseconds:.1f} ms; the month is {ratio:.1f} times as fast; "
            f"goal {PLAIN_RATIO:g}, {verdict}."
        )


def part_rows(result):
    """Return (part, seconds) of what loading took, as texts."""
    return [
        (
            f"{part.name} (at the same time)" if part.is_beside else part.name,
            f"{part.seconds:,.1f}",
        )
        for part in result.load_parts
    ]


def ratio_sentences(result):
    """Say how the month compares with the usual ways of doing it."""
    for ratio in result.ratios:
        yield (
            f"{ratio.name}: {ratio.other_milliseconds:,.2f} ms per {ratio.unit}, "
            f"measured on {ratio.sample:,} of {ratio.units:,}, "
            f"{ratio.other_seconds:,.0f} s for all of them; the suite takes "
            f"{ratio.own_seconds:,.1f} s of one process: {ratio.ratio:,.0f} times as "
            f"fast. {ratio.note}"
        )


def truth_sentence(result):
    """Say whether the records became what they must, and name the first that didn't."""
    wrong = result.wrong_records
    if not wrong:
        return "Every record became what the generator knows it must become."
    named = "; ".join(
        f"{row.file_name}:{row.line_number} must be “{row.expected}”, is “{row.found}”"
        for row in wrong[:NAMED_RECORDS]
    )
    return f"{len(wrong):,} records became something else than they must: {named}."


def show(result):
    """Print the result as a table."""
    table = Table(*COLUMNS, title=f"Benchmark: {result.command}", title_justify="left")
    for column in table.columns[2:6]:
        column.justify = "right"
    for row in rows_of(result):
        style = {"yes": "green", "no": "bold red"}.get(row[-1])
        table.add_row(*row[:-1], f"[{style}]{row[-1]}[/]" if style else row[-1])
    progress.console.print(table)
    progress.say("What loading took:")
    for name, seconds in part_rows(result):
        progress.say(f"  {seconds:>8} s  {name}")
    for sentence in (*plain_sentences(result), *ratio_sentences(result)):
        progress.say(sentence)
    progress.say(truth_sentence(result))
    progress.say(_machine_line(result), "dim")


def write_json(result, folder):
    """Write the result into a file of its own and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now():%Y-%m-%d_%H%M%S}.json"
    text = json.dumps(result.as_json(), indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def refresh_document(result, path, preset):
    """Put the result between the markers of a preset in a Markdown document.

    :raise ValueError: when the markers aren't there
    """
    first, last = BEGIN.format(preset), END.format(preset)
    before, begin, rest = path.read_text(encoding="utf-8").partition(first)
    _old, end, after = rest.partition(last)
    if not begin or not end:
        raise ValueError(f"{path} lacks {first} or {last}")
    text = f"{before}{first}\n{_markdown(result)}\n{last}{after}"
    path.write_text(text, encoding="utf-8")


def _markdown(result):
    lines = [f"`{result.command}`", "", f"| {' | '.join(COLUMNS)} |"]
    lines.append("|---|---|---:|---:|---:|---:|---|---|")
    lines += [f"| {' | '.join(row)} |" for row in rows_of(result)]
    lines += ["", "What loading took:", "", "| part | seconds |", "|---|---:|"]
    lines += [f"| {' | '.join(row)} |" for row in part_rows(result)]
    sentences = (*plain_sentences(result), *ratio_sentences(result))
    lines += ["", *(f"- {text}" for text in sentences)]
    lines += ["", truth_sentence(result), ""]
    lines.append(_machine_line(result))
    return "\n".join(lines)


def _machine_line(result):
    return "; ".join(f"{name}: {value}" for name, value in result.machine.items())


def _mebibytes(count):
    return f"{count / MEBIBYTE:,.0f}" if count else ""
