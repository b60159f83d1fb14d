# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A workbook of the catalogue: how it differs from the database, and applying it."""

from dataclasses import dataclass, field

from ...catalogue.cells import CellError
from ...spreadsheet import TableError
from ...spreadsheet.text import Text as _
from .catalogue_sheet import CODES, code_of

# pylint: disable=prefer-env-translation  # told in the user's language by the wizard

ADDED, CHANGED, ENDED = "added", "changed", "ended"


@dataclass(frozen=True)
class Difference:
    """One row that differs.

    :ivar Sheet sheet: where
    :ivar str change: added, changed or ended
    :ivar tuple key: texts that name the row
    :ivar int record_id: of the record that is there
    :ivar dict cells: column name -> text, of what changes
    :ivar dict before: column name -> text
    """

    sheet: object
    change: str
    key: tuple
    record_id: int | None = None
    line_number: int | None = None
    cells: dict = field(default_factory=dict)
    before: dict = field(default_factory=dict)

    def shown(self):
        """Return the columns of telecom.catalogue.import.line."""
        return {
            "sheet": self.sheet.name,
            "change": self.change,
            "name": " · ".join(filter(None, self.key)),
            "line_number": self.line_number or 0,
            "before": _words(self.before),
            "after": _words(self.cells),
        }


class CatalogueTable:
    """Compares the rows of a workbook with the database, and applies them.

    :param env: environment of the user
    :param sheets: list of Sheet, in the order of the workbook
    :param bool is_complete: what is not in a sheet that the file has ends
    """

    def __init__(self, env, sheets, is_complete=False):
        self.env = env
        self.sheets = sheets
        self.is_complete = is_complete
        self._ids = {}

    def cells(self, sheet):
        """Yield the records of a sheet as rows of texts."""
        for record in self._records(sheet):
            yield [column.text_of(record) for column in sheet.columns]

    def differences(self, rows_by_sheet):
        """Return how a workbook differs.

        :param rows_by_sheet: as ``spreadsheet.read_book`` returns it
        :return: list of Difference, in the order in which they are applied
        :raise TableError: naming sheet, line and column of every fault
        """
        faults, found = [], []
        known = self._known_codes(rows_by_sheet)
        for sheet in self.sheets:
            rows = rows_by_sheet.get(sheet.name)
            if rows is None:
                continue
            here = {self._key(sheet, record): record for record in self._records(sheet)}
            seen = {}
            for line_number, row in rows:
                try:
                    key, cells = self._checked(sheet, row, known)
                    _check_once(seen, key, line_number)
                    record = here.pop(key, None)
                    cells = self._complete(sheet, record, cells)
                except TableError as error:
                    faults += _placed(sheet, line_number, error.faults)
                    continue
                found += self._compare(sheet, record, key, cells, line_number)
            if self.is_complete and rows:
                found += [
                    Difference(sheet, ENDED, key, record.id)
                    for key, record in here.items()
                    if "active" not in record or record.active
                ]
        if faults:
            raise TableError(faults)
        return found

    def _complete(self, sheet, record, cells):
        """Return the cells with those that follow from others.

        :raise TableError: when they contradict each other
        """
        record = self.env[sheet.model] if record is None else record
        try:
            return self.env["telecom.catalogue"]._complete_cells(sheet, record, cells)
        except CellError as error:
            raise TableError([error.text]) from None

    def _compare(self, sheet, record, key, cells, line_number):
        """Return the Difference of one row, or none."""
        if record is None:
            shown = {name: text for name, text in cells.items() if text}
            return [Difference(sheet, ADDED, key, None, line_number, shown)]
        before = {
            column.name: column.text_of(record)
            for column in sheet.columns
            if column.name in cells
        }
        changed = {n: t for n, t in cells.items() if t != before[n]}
        if not changed:
            return []
        before = {name: before[name] for name in changed}
        return [
            Difference(sheet, CHANGED, key, record.id, line_number, changed, before)
        ]

    def _checked(self, sheet, row, known):
        """Return key and canonical cells of a row.

        :raise TableError: naming the column
        """
        faults, cells = [], {}
        for column in sheet.columns:
            text = row.get(column.name)
            if text is None:
                continue
            try:
                cells[column.name] = column.canonical(text)
                faults += [
                    _in_column(column, _("there is no %(code)s", code=code))
                    for code in column.codes(text)
                    if code not in known[column.ref]
                ]
            except CellError as error:
                faults.append(_in_column(column, error.text))
        key = tuple(cells.get(column.name, "") for column in sheet.keys)
        if not key[0]:
            faults.append(_in_column(sheet.keys[0], _("is missing")))
        if faults:
            raise TableError(faults)
        return key, cells

    def _key(self, sheet, record):
        return tuple(column.text_of(record) for column in sheet.keys)

    def _records(self, sheet):
        Model = self.env[sheet.model].with_context(active_test=False)
        return Model.search(sheet.domain, order=sheet.order)

    def _known_codes(self, rows_by_sheet):
        """Return the codes that cells may name: of the database and of the file."""
        refs = {c.ref for sheet in self.sheets for c in sheet.columns if c.ref}
        known = {model: set(self.ids(model)) for model in refs}
        for sheet in self.sheets:
            rows = rows_by_sheet.get(sheet.name) or []
            if sheet.model not in known:
                continue
            for _number, row in rows:
                parts = [row.get(column.name, "") for column in sheet.keys]
                known[sheet.model].add("/".join(parts))
        return known

    def ids(self, model):
        """Return code -> id of a model's records."""
        if model not in self._ids:
            Model = self.env[model].with_context(active_test=False)
            domain = []
            if model == "product.template":
                domain = [("telecom_kind", "!=", False)]
            stored = CODES.get(model, "code")
            if Model._fields[stored].store:
                domain = [*domain, (stored, "!=", False)]
            records = Model.search(domain)
            self._ids[model] = {code_of(record): record.id for record in records}
        return self._ids[model]

    def forget_ids(self, model):
        """Read the codes of a model anew: records were made."""
        self._ids.pop(model, None)


def _placed(sheet, line_number, faults):
    """Return the faults of a row with the place where it stands."""
    return [
        _(
            "sheet %(sheet)s, line %(line)s, %(fault)s",
            sheet=sheet.name,
            line=line_number,
            fault=fault,
        )
        for fault in faults
    ]


def _in_column(column, fault):
    """Return a fault with the name of its column, which is the same everywhere."""
    return _("%(column)s: %(fault)s", column=column.name, fault=fault)


def _check_once(seen, key, line_number):
    if key in seen:
        fault = _(
            "%(name)s is on line %(line)s too", name=" · ".join(key), line=seen[key]
        )
        raise TableError([fault])
    seen[key] = line_number


def _words(cells):
    return ", ".join(f"{name} {text or '–'}" for name, text in cells.items())
