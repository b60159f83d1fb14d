# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from csv import DictReader
from hashlib import sha256
from io import BytesIO

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import file_open

from ...spreadsheet import Column as SheetColumn, Table, read_book, write_tables
from .catalogue_sheets import APPLIED_FIRST, catalogue_sheets
from .catalogue_table import ADDED, CHANGED, ENDED, CatalogueTable

MOST_BYTES = 5 * 1024 * 1024


class TelecomCatalogue(models.AbstractModel):
    """The whole catalogue as one workbook: compared, applied, written.

    Other addons extend ``_sheets`` by columns or sheets of their own.
    """

    _name = "telecom.catalogue"
    _description = "Catalogue as a Workbook"

    @api.model
    def _sheets(self):
        """Return the sheets of the workbook: list of catalogue_sheet.Sheet."""
        return catalogue_sheets(self.env)

    @api.model
    def _compare(self, content, is_complete=False):
        """Return how a file differs from the catalogue.

        :param bytes content: XLSX, or the offerings alone as CSV
        :param bool is_complete: what is not in a sheet of the file ends
        :return: list of catalogue_table.Difference
        :raise TableError: naming sheet, line and column of every fault
        :raise UserError: when the file is too large
        """
        if len(content) > MOST_BYTES:
            raise UserError(
                self.env._("The file has more than %s MB.", MOST_BYTES // 2**20)
            )
        sheets = self._sheets()
        shapes = {sheet.name: (sheet.header, sheet.required) for sheet in sheets}
        rows = read_book(content, shapes)
        return self._compare_rows(rows, is_complete)

    @api.model
    def _compare_rows(self, rows_by_sheet, is_complete=False):
        """Return how rows differ from the catalogue; as ``_compare``."""
        table = CatalogueTable(self.env, self._sheets(), is_complete)
        return table.differences(rows_by_sheet)

    @api.model
    def _apply(self, differences):
        """Make the catalogue as the file says, in the user's own rights.

        :param differences: as ``_compare`` returned them
        """
        sheets = self._sheets()
        table = CatalogueTable(self.env, sheets)
        for sheet in sorted(sheets, key=lambda s: s.name not in APPLIED_FIRST):
            own = [item for item in differences if item.sheet.name == sheet.name]
            if own:
                self._apply_sheet(table, sheet, own)
        if any(item.sheet.name == "prices" for item in differences):
            self.env.company._telecom_dated_pricelist()._telecom_chain_prices()

    @api.model
    def _apply_sheet(self, table, sheet, differences):
        """Create, write and end the records of one sheet."""
        Model = self.env[sheet.model].with_context(active_test=False)
        added = [item for item in differences if item.change == ADDED]
        changed = [item for item in differences if item.change == CHANGED]
        ended = [item.record_id for item in differences if item.change == ENDED]
        records = self._create_rows(table, sheet, added)
        for record, item in zip(records, added, strict=True):
            self._write_texts(sheet, record, item.cells)
        for item in changed:
            record = Model.browse(item.record_id)
            record.write(self._values(table, sheet, record, item.cells))
            self._write_texts(sheet, record, item.cells)
        gone = Model.browse(ended)
        gone.action_archive() if "active" in Model else gone.unlink()
        table.forget_ids(sheet.model)

    @api.model
    def _create_rows(self, table, sheet, added):
        """Create the records of new rows, at once."""
        defaults = dict(sheet.defaults)
        if sheet.name == "prices":
            defaults["pricelist_id"] = self.env.company._telecom_dated_pricelist().id
        Model = self.env[sheet.model]
        vals_list = []
        for item in added:
            cells = {c.name: t for c, t in zip(sheet.keys, item.key, strict=True) if t}
            vals = self._values(table, sheet, Model, cells | item.cells)
            if "name" in sheet.header:
                vals["name"] = item.cells.get("name") or item.key[-1]
            vals_list.append({**defaults, **vals})
        return Model.create(vals_list)

    @api.model
    def _values(self, table, sheet, record, cells):
        """Return the values to write for cells that need no language."""
        ids = {c.ref: table.ids(c.ref) for c in sheet.columns if c.ref}
        vals = {}
        for column in sheet.columns:
            if column.name in cells and not column.lang:
                text = cells[column.name] or "-"
                vals |= column.write_values(record, text, ids)
        return vals

    @api.model
    def _write_texts(self, sheet, record, cells):
        """Write the texts that have a language."""
        for column in sheet.columns:
            if column.lang and column.name in cells:
                text = cells[column.name] or False
                record.with_context(lang=column.lang)[column.field_name] = text

    @api.model
    def _complete_cells(self, sheet, record, cells):
        """Return the cells of a row, those that follow from others filled in.

        :param record: the record that is there, empty for a new row
        :raise CellError: when cells contradict each other
        """
        if sheet.name == "offerings" and cells.get("price_with_tax"):
            return self.env["product.template"]._complete_price_cells(record, cells)
        return cells

    @api.model
    def _write_book(self):
        """Return the catalogue as a workbook (XLSX, bytes)."""
        sheets = self._sheets()
        for sheet in sheets:
            self.env[sheet.model].check_access("read")
        table = CatalogueTable(self.env, sheets)
        return _book(
            (sheet.name, sheet.header, list(table.cells(sheet))) for sheet in sheets
        )

    @api.model
    def _example_folders(self):
        """Return the folders with the CSV files of the example, as addon paths."""
        return ["somconnexio_base/demo/catalogue"]

    @api.model
    def _example_lines(self, sheet):
        """Return the rows of a sheet of the example, each addon's columns joined."""
        rows = {}
        for folder in self._example_folders():
            for row in _csv_rows(f"{folder}/{sheet.name}.csv"):
                key = tuple(row.get(column.name, "") for column in sheet.keys)
                rows.setdefault(key, {}).update(row)
        return list(rows.values())

    @api.model
    def _example_rows(self):
        """Return the rows of the example, as ``spreadsheet.read_book`` does."""
        rows = {}
        for sheet in self._sheets():
            lines = [
                (number, {name: text for name, text in row.items() if text})
                for number, row in enumerate(self._example_lines(sheet), start=2)
            ]
            if lines:
                rows[sheet.name] = lines
        return rows

    @api.model
    def _example_book(self):
        """Return the example catalogue as a workbook (XLSX, bytes)."""
        tables = []
        for sheet in self._sheets():
            rows = [
                [row.get(name) or "" for name in sheet.header]
                for row in self._example_lines(sheet)
            ]
            tables.append((sheet.name, sheet.header, rows))
        return _book(tables)

    @api.model
    def _load_example(self):
        """Bring in the example catalogue: the demonstration's."""
        self._apply(self._compare_rows(self._example_rows()))

    @api.model
    def _fingerprint(self, differences):
        """Return a text that is the same for the same differences."""
        shown = [sorted(item.shown().items()) for item in differences]
        return sha256(repr(shown).encode()).hexdigest()


def _csv_rows(path):
    """Return the rows of a CSV file of an addon, none when it has no such file."""
    try:
        with file_open(path) as stream:
            return list(DictReader(stream))
    except FileNotFoundError:
        return []


def _book(tables):
    stream = BytesIO()
    write_tables(
        stream,
        [
            Table(name, [SheetColumn(title, width=18) for title in header], rows)
            for name, header, rows in tables
        ],
    )
    return stream.getvalue()
