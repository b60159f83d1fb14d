# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ... import sql_steps
from ...models.membership import books
from ...models.membership.book_text import LocalText
from ...models.pdf_document import PDF_MIMETYPE, font_folders
from ...register import TableDocument, write_table
from ...spreadsheet import XLSX_MIMETYPE, Kind, write_workbook

MIMETYPES = {"pdf": PDF_MIMETYPE, "xlsx": XLSX_MIMETYPE}


class CooperativeRegister(models.TransientModel):
    """Make a book of the cooperative, as it stands on any day."""

    _name = "cooperative.register"
    _description = "Book of the Cooperative"

    book = fields.Selection(
        [
            ("member_book", "Book of members"),
            ("capital_book", "Book of contributions to share capital"),
            ("movements", "Movements of share capital"),
            ("census", "Census of voters"),
        ],
        required=True,
        default="member_book",
    )
    date = fields.Date(
        string="As of", required=True, default=lambda self: self._default_date()
    )
    file_format = fields.Selection(
        [("pdf", "PDF"), ("xlsx", "Spreadsheet")], required=True, default="pdf"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    has_users = fields.Boolean(
        string="Also sponsored people and those of agreements",
        help="They hold no share capital and are not members by law.",
    )
    assembly_id = fields.Many2one(
        "cooperative.assembly", help="Whose delegations the census shows."
    )

    def _default_date(self):
        return self.env.company._telecom_today()

    def action_make(self):
        """Make the file and open it.

        :return: action that downloads it
        """
        self.ensure_one()
        with TemporaryDirectory() as folder:
            path = Path(folder, "book")
            self.write_book(path)
            attachment = self.env["ir.attachment"].create(
                {
                    "name": self._file_name(),
                    "raw": path.read_bytes(),
                    "mimetype": MIMETYPES[self.file_format],
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _file_name(self):
        """Return a file name such as ``Book of members 2026-10-31.xlsx``."""
        day = fields.Date.to_string(self.date)
        return f"{books.title(self.env, self.book)} {day}.{self.file_format}"

    @api.private
    def write_book(self, path):
        """Write the book into a file, row by row.

        :param path: of the file; replaced when it exists
        :return: number of rows of the book
        :raise AccessError: when the user may not read the company's members
        """
        self.ensure_one()
        self._check_reader()
        self.env.flush_all()
        list_step, sum_step = books.STEPS[self.book]
        params = self._step_params()
        totals = sql_steps.fetch(self.env, sum_step, **self._used(sum_step, params))[0]
        rows = sql_steps.stream(self.env, list_step, **self._used(list_step, params))
        writer = self._write_pdf if self.file_format == "pdf" else self._write_xlsx
        writer(path, books.columns(self.env, self.book), rows, totals)
        return totals["row_count"]

    def _check_reader(self):
        """Raise unless the user may read the members of this company.

        The books are read by SQL, which knows no record rules.
        """
        self.env["cooperative.membership"].check_access("read")
        self.env["cooperative.share.movement"].check_access("read")
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._(
                    "%s is not among the companies you work in.",
                    self.company_id.sudo().name,
                )
            )

    def _step_params(self):
        """Return the parameters of all steps."""
        kinds = ["member", "sponsored", "agreement"] if self.has_users else ["member"]
        return {
            "company_id": self.company_id.id,
            "day": self.date,
            "kinds": kinds,
            "lang": self.env.lang or "en_US",
            "assembly_id": self.assembly_id.id or 0,
        }

    def _used(self, step, params):
        """Return those parameters that a step names."""
        text = sql_steps.statement(step)
        return {name: value for name, value in params.items() if f"%({name})s" in text}

    def _write_xlsx(self, path, columns, rows, _totals):
        """Write the book as a spreadsheet."""
        write_workbook(
            path,
            books.title(self.env, self.book),
            [column.sheet_column for column in columns],
            (
                [_worded(*cell) for cell in zip(columns, row, strict=True)]
                for row in rows
            ),
        )

    def _write_pdf(self, path, columns, rows, totals):
        """Write the book as PDF."""
        text = LocalText(self.env.lang, self.company_id.currency_id.name)
        company = self.company_id
        document = TableDocument(
            title=books.title(self.env, self.book),
            subtitle=self._subtitle(text, totals),
            issuer=" · ".join(filter(None, (company.name, company.vat))),
            page_label=self.env._("Page %(page)s of %(pages)s"),
            columns=[column.page_column for column in columns],
            rows=(
                [_printed(text, *cell) for cell in zip(columns, row, strict=True)]
                for row in rows
            ),
            row_count=totals["row_count"],
            totals=[
                _printed(text, column, totals.get(column.name)) for column in columns
            ],
            language=self.env.lang or "en",
        )
        write_table(path, document, font_folders())

    def _subtitle(self, text, totals):
        """Return the line under the title: the day, the assembly, how many rows."""
        parts = [
            self.env._("As of %s", text.long_date(self.date)),
            self.assembly_id.name,
            self.env._("%s entries", text.number(totals["row_count"])),
        ]
        return " · ".join(filter(None, parts))


def _worded(column, value):
    """Return a value of a spreadsheet: the word for a code, else what it is."""
    if column.words is not None:
        return column.words.get(value, value)
    return value


def _printed(text, column, value):
    """Return a value as it is printed."""
    if value is None:
        return ""
    if column.words is not None:
        return column.words.get(value, "")
    if column.kind is Kind.DATE:
        return text.date(value)
    if column.digits:
        return text.money(value)
    return text.number(value) if column.kind is Kind.NUMBER else str(value)
