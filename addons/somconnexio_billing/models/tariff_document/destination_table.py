# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A table of destinations that the database shall have."""

from functools import cached_property

from odoo.addons.somconnexio_base.spreadsheet import TableError, read_table

from ... import sql_steps
from ...tariff_document.table_rows import (
    DESTINATION_COLUMNS,
    DESTINATION_REQUIRED,
    DestinationRow,
    destination_cells,
    destinations_of,
)
from .bulk_rows import as_json
from .shared_reader import destination as read_destination
from .table_difference import ADDED, CHANGED, ENDED, Difference


class DestinationTable:
    """Compares a table with the destinations, and brings them in line.

    :param env: environment of the user
    :param bool is_complete: destinations that aren't in the table are archived
    """

    def __init__(self, env, is_complete):
        self.env = env
        self.is_complete = is_complete
        self.Destination = env["telecom.destination"]

    @cached_property
    def _country_ids(self):
        countries = self.env["res.country"].search([])
        return {country.code: country.id for country in countries}

    def cells(self):
        """Yield the destinations in use as rows of the table."""
        for _record_id, row in self._rows_by_code().values():
            yield destination_cells(row)

    def differences(self, content):
        """Return how a table differs from the destinations in use.

        :raise TableError: naming line and column of every fault
        """
        rows = read_table(content, DESTINATION_COLUMNS, DESTINATION_REQUIRED)
        wanted, problems = destinations_of(rows)
        if problems:
            raise TableError([problem.told(self.env._) for problem in problems])
        self._check_countries(rows, wanted)
        here = self._rows_by_code()
        found = []
        for (line_number, _row), row in zip(rows, wanted, strict=True):
            record_id, old = here.pop(row.destination.code, (None, None))
            if old is None:
                found.append(Difference(ADDED, None, row, None, line_number))
            elif old != row:
                found.append(Difference(CHANGED, old, row, record_id, line_number))
        if self.is_complete:
            found += [Difference(ENDED, old, None, i) for i, old in here.values()]
        self._check_prefixes(found)
        return found

    def apply(self, differences):
        """Make, change and archive destinations, and replace prefixes."""
        by_change = {ADDED: [], CHANGED: [], ENDED: []}
        for item in differences:
            by_change[item.change].append(item)
        archived = self.Destination.browse(d.record_id for d in by_change[ENDED])
        archived.action_archive()
        for item in by_change[CHANGED]:
            if _head(item.before) != _head(item.after):
                record = self.Destination.browse(item.record_id)
                record.write(self._values(item.after))
        made = self._make(by_change[ADDED])
        changed = [
            (d.record_id, d.after)
            for d in by_change[CHANGED]
            if d.before.destination.prefixes != d.after.destination.prefixes
        ]
        self._replace_prefixes(changed, made)

    def _make(self, added):
        """Return (id, row) of destinations; archived ones of a code come back."""
        codes = {item.after.destination.code: item.after for item in added}
        Destination = self.Destination.with_context(active_test=False)
        known = Destination.search([("code", "in", list(codes))])
        for record in known:
            record.write({**self._values(codes[record.code]), "active": True})
        fresh = [row for code, row in codes.items() if code not in known.mapped("code")]
        made = known | Destination.create(
            [{"code": row.destination.code, **self._values(row)} for row in fresh]
        )
        return [(record.id, codes[record.code]) for record in made]

    def _replace_prefixes(self, changed, made):
        pairs = changed + made
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "tariff_document/15_delete_prefixes",
            destination_ids=[record_id for record_id, _row in pairs],
        )
        prefixes = [
            {"destination_id": record_id, "prefix": prefix}
            for record_id, row in pairs
            for prefix in row.destination.prefixes
        ]
        self._take_from_archived([row["prefix"] for row in prefixes])
        sql_steps.run(
            self.env,
            "tariff_document/16_insert_prefixes",
            prefixes=as_json(prefixes),
            user_id=self.env.uid,
        )
        self.env.invalidate_all()

    def _take_from_archived(self, prefixes):
        """Free the prefixes that destinations out of use still hold."""
        self.env["telecom.destination.prefix"].search(
            [("prefix", "in", prefixes), ("destination_id.active", "=", False)]
        ).unlink()
        self.env.flush_all()

    def _rows_by_code(self):
        records = self.Destination.search([], order="code")
        return {
            record.code: (
                record.id,
                DestinationRow(
                    read_destination(record), record.country_id.code or None
                ),
            )
            for record in records
        }

    def _values(self, row):
        return {
            "name": row.destination.name,
            "kind": row.destination.kind,
            "country_id": self._country_ids.get(row.country, False),
        }

    def _check_countries(self, rows, wanted):
        faults = [
            self.env._(
                "line %(line)s, country: %(code)r is no ISO 3166 code",
                line=line_number,
                code=row.country,
            )
            for (line_number, _row), row in zip(rows, wanted, strict=True)
            if row.country and row.country not in self._country_ids
        ]
        if faults:
            raise TableError(faults)

    def _check_prefixes(self, differences):
        """Refuse a prefix of a destination in use that the table leaves alone."""
        touched = {d.record_id for d in differences if d.record_id}
        wanted = {
            prefix: item
            for item in differences
            if item.after
            for prefix in item.after.destination.prefixes
        }
        kept = self.env["telecom.destination.prefix"].search(
            [
                ("prefix", "in", list(wanted)),
                ("destination_id", "not in", list(touched)),
                ("destination_id.active", "=", True),
            ]
        )
        faults = [
            self.env._(
                "line %(line)s, prefixes: %(prefix)s belongs to %(code)s: take it out"
                " of there in the same table",
                line=wanted[prefix.prefix].line_number,
                prefix=prefix.prefix,
                code=prefix.destination_id.code,
            )
            for prefix in kept
        ]
        if faults:
            raise TableError(faults)


def _head(row):
    """Return what a destination says beside its prefixes."""
    return (row.destination.name, row.destination.kind, row.country)
