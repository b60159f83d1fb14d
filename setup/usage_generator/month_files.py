# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Keep rows until their file closes, then write it with its truth.

At most the rows of a day (of a week for who delivers weekly) and the delayed ones
are held in memory.
"""

from collections import defaultdict
from io import BufferedWriter

from .calendar_month import week_ends
from .providers import PROVIDERS
from .providers.provider import Totals, break_line
from .streams import random_stream
from .truth import open_gzip

_BUFFER_BYTES = 1 << 18


def remove_files(folder):
    """Make a folder, or take the usage files of another month out of it."""
    folder.mkdir(parents=True, exist_ok=True)
    for provider in PROVIDERS.values():
        for path in folder.glob(provider.file_pattern):
            path.unlink()


class MonthFiles:
    """The files of one month, each written on the day it closes.

    :param settings: what was asked for
    :param list days: the days of the month
    :param Path folder: where the files go
    :param TruthWriter truth: where what they hold is told
    """

    def __init__(self, settings, days, folder, truth):
        self._rng = random_stream(settings.seed, "broken lines")
        self._folder = folder
        self._truth = truth
        self._rows = defaultdict(list)
        self._sunday = {end: True for end in week_ends(days)}
        self._sequences = {
            name: provider.first_sequence for name, provider in PROVIDERS.items()
        }

    def add(self, row):
        """Keep a row for the file that holds it."""
        self._rows[row.event.provider, row.closes_on].append(row)

    def close_day(self, day):
        """Write the files that close on a day, the empty ones too."""
        for name, provider in PROVIDERS.items():
            if provider.is_weekly and day not in self._sunday:
                continue
            rows = self._rows.pop((name, day), [])
            rows.sort(key=lambda row: row.position)
            sequence = self._sequences[name]
            self._sequences[name] += 1
            self._write(provider, day, sequence, rows)

    def _write(self, provider, day, sequence, rows):
        name = provider.file_name(day, sequence)
        path = self._folder / name
        opened = open_gzip(path) if provider.is_compressed else path.open("wb")
        end = provider.line_end
        with opened as raw, BufferedWriter(raw, _BUFFER_BYTES) as target:
            heads = provider.first_lines(day, sequence)
            target.writelines(line + end for line in heads)
            details = self._details(provider, name, rows, len(heads))
            totals = _written(target, provider, details)
            target.writelines(line + end for line in provider.last_lines(totals))
        self._truth.add_file(name, provider.name, len(rows))

    def _details(self, provider, name, rows, line_number):
        for number, row in enumerate(rows, start=1):
            line = provider.encode(row.event, number)
            if row.defect in provider.breakers:
                line = break_line(provider, row.defect, line, self._rng)
            self._truth.add(name, line_number + number, row)
            yield line


def _written(target, provider, lines):
    """Write detail lines and return their totals."""
    count = seconds = cost = 0
    for line in lines:
        target.write(line + provider.line_end)
        added = provider.totals_of(line)
        count += added.count
        seconds += added.seconds
        cost += added.cost
    return Totals(count, seconds, cost)
