# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A table of rates that a tariff shall have from a day on."""

from dataclasses import replace
from datetime import date

from odoo.addons.somconnexio_base.spreadsheet import TableError, read_table

from ...tariff_document.table_rows import (
    RATE_COLUMNS,
    RATE_REQUIRED,
    KnownCodes,
    rate_cells,
    rates_of,
)
from .rate_rows import RateRows
from .table_difference import ADDED, CHANGED, ENDED, Difference
from .tariff_reader import list_rates


class RateTable:
    """Compares a table with a tariff, and brings the tariff in line.

    :param tariff: telecom.tariff
    :param date day: first day of what is new
    :param bool is_complete: rates that aren't in the table end on that day
    """

    def __init__(self, tariff, day, is_complete):
        self.env = tariff.env
        self.tariff = tariff
        self.day = day
        self.is_complete = is_complete
        self.rows = RateRows.of_database(self.env)

    def cells(self):
        """Yield the rates that hold on the day as rows of the table."""
        here, _later = self._rates()
        for _rate_id, rate in here.values():
            yield rate_cells(rate)

    def differences(self, content):
        """Return how a table differs from the tariff on that day.

        :raise TableError: naming line and column of every fault
        """
        rows = read_table(content, RATE_COLUMNS, RATE_REQUIRED)
        wanted, problems = rates_of(rows, self._known_codes())
        if problems:
            raise TableError([problem.told(self.env._) for problem in problems])
        here, later = self._rates()
        found = []
        for (line_number, _row), rate in zip(rows, wanted, strict=True):
            rate_id, old = here.pop(rate.key, (None, None))
            if old is None:
                new = replace(rate, valid_from=self.day, valid_to=later.get(rate.key))
                found.append(Difference(ADDED, None, new, None, line_number))
                continue
            new = replace(rate, valid_from=old.valid_from, valid_to=old.valid_to)
            if new != old:
                found.append(Difference(CHANGED, old, new, rate_id, line_number))
        if self.is_complete:
            found += [Difference(ENDED, old, None, i) for i, old in here.values()]
        return found

    def apply(self, differences):
        """End what changed or isn't listed any more, and insert the successors.

        A rate that begins on the very day is changed or deleted itself.
        """
        updated, ended, deleted, inserted = [], [], [], []
        for item in differences:
            begins_then = item.before and item.before.valid_from == self.day
            if item.change == ADDED:
                inserted.append(item.after)
            elif begins_then and item.change == CHANGED:
                updated.append((item.record_id, item.after))
            elif begins_then:
                deleted.append(item.record_id)
            else:
                ended.append(item.record_id)
                if item.change == CHANGED:
                    inserted.append(replace(item.after, valid_from=self.day))
        self.env["telecom.tariff.rate"].browse(deleted).unlink()
        self.rows.end(ended, self.day)
        self.rows.update(self.tariff, updated)
        self.rows.insert(self.tariff, inserted)

    def _rates(self):
        """Return rates by key: (id, Rate) that hold on the day; next starts after."""
        self.env.flush_all()
        here, later = {}, {}
        for rate_id, rate in list_rates(self.tariff):
            start = rate.valid_from or date.min
            if start > self.day:
                later[rate.key] = min(start, later.get(rate.key, date.max))
            elif (rate.valid_to or date.max) > self.day:
                here[rate.key] = (rate_id, rate)
        return here, later

    def _known_codes(self):
        ids = self.rows.ids
        return KnownCodes(
            usage_types=frozenset(ids["usage_type"]),
            destinations=frozenset(ids["destination"]),
            roaming_zones=frozenset(ids["zone"]),
            time_bands=frozenset(ids["time_band"]),
            categories=frozenset(ids["category"]),
        )
