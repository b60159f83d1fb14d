"""What a person sees while waiting: steps with their time, bars, tables.

On a terminal a spinner shows the elapsed time and the last thing that happened;
elsewhere (CI, a pipe) each step is one line when it begins and one when it ends.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress as Bars,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table

console = Console(highlight=False, soft_wrap=True)
if not console.is_terminal:
    console.width = 120  # a log file has no edge that a table must fit


class Step:
    """One thing being done; `update` says what it is at."""

    def __init__(self, bars: Bars | None = None, task: int | None = None):
        self._bars = bars
        self._task = task

    def update(self, detail: str) -> None:
        """Show what the step is doing now (on a terminal only)."""
        if self._bars is not None:
            room = max(console.width - 50, 20)
            self._bars.update(self._task, detail=detail.strip()[:room])


class Bar:
    """A counted task; `advance` after each piece."""

    def __init__(self, bars: Bars, task: int):
        self._bars = bars
        self._task = task

    def advance(self, pieces: float = 1) -> None:
        self._bars.advance(self._task, pieces)


def say(text: str, style: str = "") -> None:
    """Print one line; brackets in it are text, not markup."""
    console.print(text, style=style or None, markup=False)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table, one style for all commands."""
    grid = Table(title=title, title_justify="left")
    for column in columns:
        grid.add_column(column)
    for row in rows:
        grid.add_row(*(str(cell) for cell in row))
    console.print(grid)


@contextmanager
def step(title: str) -> Iterator[Step]:
    """Show `title` while the body runs, and how long it took at its end."""
    started = time.monotonic()
    try:
        with _spinner(title) as shown:
            yield shown
    except BaseException:
        say(f"✗ {title} ({_seconds(started)})", "red")
        raise
    say(f"✓ {title} ({_seconds(started)})", "green")


@contextmanager
def bar(title: str, total: float) -> Iterator[Bar]:
    """Show a bar of `total` pieces; on a pipe only its beginning and end."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console) as bars:
        yield Bar(bars, bars.add_task(title, total=total))


@contextmanager
def _spinner(title: str) -> Iterator[Step]:
    if not console.is_terminal:
        say(f"… {title}")
        yield Step()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[detail]}", style="dim", markup=False),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        yield Step(bars, bars.add_task(title, detail=""))


def _seconds(started: float) -> str:
    return f"{time.monotonic() - started:.1f} s"
