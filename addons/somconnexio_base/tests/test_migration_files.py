# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import gzip
from datetime import date
from io import BytesIO

import xlsxwriter

from odoo.exceptions import UserError
from odoo.tests import tagged

from .migration_common import MigrationCommon

RESOURCES = "TIPO;VALOR\nTeléfono;699 00 00 01\nLínea;TEST-1\n"
BILL_COLUMNS = (
    "NÚMERO",
    "TERCERO",
    "CUENTA",
    "TIPO",
    "FECHA",
    "VENCE",
    "BASE",
    "IVA",
    "TOTAL",
    "PENDIENTE",
)


def sheet(*rows, formulas=(), sheets=("Full",)):
    """Return the bytes of an XLSX with dates and numbers as such.

    :param formulas: (row, column, formula, saved result)
    """
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        pages = [book.add_worksheet(name) for name in sheets]
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                is_day = isinstance(value, date)
                pages[0].write(place, column, value, day if is_day else None)
        for row, column, formula, result in formulas:
            pages[0].write_formula(row, column, formula, None, result)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestMigrationFiles(MigrationCommon):
    """Files as other systems write them, whole and broken."""

    def _run(self, *contents, name="recursos.csv", **settings):
        """Return the migration of files of one kind, done.

        :param contents: bytes each; further files get a number in front
        :param settings: of the profile
        """
        self.profile.write(settings)
        run = self.env["telecom.migration.run"].create({"profile_id": self.profile.id})
        ending = name.rpartition(".")[2]
        for number, content in enumerate(contents):
            part = f"{name.rpartition('.')[0]}{number or ''}.{ending}"
            self.env["telecom.migration.file"].receive(run, content, part)
        run.work_now()
        return run

    def _assert_refused(self, message, content, name="recursos.csv", **settings):
        """Assert that a whole file is refused, by its name and for a reason."""
        with (
            self.assertRaisesRegex(UserError, f"{name}: .*{message}"),
            self.env.cr.savepoint(),
        ):
            self._run(content, name=name, **settings)

    def _assert_two_taken(self, run):
        self.assertFalse(run.issue_ids.mapped("reason"))
        self.assertEqual(self._steps(run, "created"), {"resource": 2})
        self.assertTrue(self._found("resource", "699 00 00 01"))

    def test_text_in_the_encoding_of_the_profile_is_read(self):
        for encoding, written in (
            ("cp1252", "cp1252"),
            ("iso-8859-1", "latin-1"),
            ("utf-8", "utf-8"),
            ("utf-8", "utf-8-sig"),
            ("cp1252", "utf-8-sig"),
        ):
            with self.subTest(f"{written} by {encoding}"):
                savepoint = self.env.cr.savepoint()
                run = self._run(RESOURCES.encode(written), encoding=encoding)
                self._assert_two_taken(run)
                savepoint.close(rollback=True)

    def test_commas_tabs_and_semicolons_are_read(self):
        for delimiter, sign in ((",", ","), ("\\t", "\t"), (";", ";")):
            with self.subTest(delimiter):
                savepoint = self.env.cr.savepoint()
                content = RESOURCES.replace(";", sign).encode("cp1252")
                self._assert_two_taken(self._run(content, delimiter=delimiter))
                savepoint.close(rollback=True)

    def test_text_in_another_encoding_is_refused_before_names_are_spoilt(self):
        self._assert_refused("UTF-8, the profile says Windows", RESOURCES.encode())
        self._assert_refused("UTF-16: save it", RESOURCES.encode("utf-16"))
        header = "NÚMERO;VALOR\n1;2\n".encode("cp1252")
        self._assert_refused(
            "Line 1 holds bytes .* choose the right one", header, encoding="utf-8"
        )

    def test_header_that_does_not_fit_names_the_column_and_what_there_is(self):
        self._assert_refused(
            "no column “TIPO”. The file has: TIPO,VALOR", b"TIPO,VALOR"
        )
        self._assert_refused("no column “TIPO”. The file has: VALOR", b"VALOR\n1\n")
        self._assert_refused("column TIPO is there twice", b"TIPO;VALOR;TIPO\n")
        self._assert_refused("is empty: export it again", b"")
        self._assert_refused("Line 1 should name the columns", b";;\n")

    def test_column_that_nothing_is_taken_from_is_told(self):
        run = self._run(b"TIPO;VALOR;COLOR\nSIM;1;red\n")
        [issue] = self._issues(run, code="unused_column")
        self.assertEqual((issue.column_name, issue.line_number), ("COLOR", 1))

    def test_file_without_rows_is_told(self):
        run = self._run(b"TIPO;VALOR\n")
        self.assertEqual(run.issue_ids.code, "no_rows")

    def test_text_cut_off_is_told_with_its_last_line(self):
        content = RESOURCES.encode("cp1252")
        run = self._run(content[:-8])
        issues = run.issue_ids.sorted("id")
        self.assertEqual(issues.mapped("code"), ["width", "cut_off"])
        self.assertEqual(issues.mapped("line_number"), [3, 3])
        self.assertEqual(self._steps(run, "refused"), {"resource": 1})

    def test_sheet_and_archive_cut_off_are_refused(self):
        book = sheet(["TIPO", "VALOR"], ["SIM", "1"])
        self._assert_refused("is damaged", book[: len(book) // 2], "recursos.xlsx")
        packed = gzip.compress(RESOURCES.encode("cp1252") * 99)
        half = packed[: len(packed) // 2]
        self._assert_refused("breaks off: send it again", half, "recursos.csv")

    def test_same_id_in_another_file_names_that_file(self):
        first = RESOURCES.encode("cp1252")
        run = self._run(first, b"TIPO;VALOR\nSIM;TEST-1\n")
        [issue] = self._issues(run, code="twice")
        self.assertEqual((issue.file_id.name, issue.line_number), ("recursos1.csv", 2))
        self.assertIn("on line 3 (recursos.csv)", issue.reason)

    def test_dates_and_numbers_of_a_sheet_are_what_they_look_like(self):
        links = self.env["telecom.external.id"]
        links._link(self.partner, self.profile.code, "7")
        rows = [
            ["F1", 7, "", "Factura", date(2026, 9, 1), "", 10.5, 2.21, 12.71, 0],
            ["F2", 7, "", "Factura", "01/09/2026", "", "10,50", "2,21", "12,71", "0"],
        ]
        content = sheet(BILL_COLUMNS, *rows)
        run = self._run(content, name="facturas.xlsx")
        self.assertFalse(run.issue_ids.mapped("reason"))
        for number in ("F1", "F2"):
            bill = self._found("bill", number)
            self.assertEqual(bill.issue_date, date(2026, 9, 1))
            self.assertEqual(
                (bill.amount_total, bill.tax_ids.amount_tax), (12.71, 2.21)
            )

    def test_cells_that_a_spreadsheet_spoilt_are_told_with_place_and_remedy(self):
        content = sheet(
            ["TIPO", "VALOR"],
            ["SIM", 8934049900000000001],
            ["SIM"],
            ["SIM", "#REF!"],
            ["Línea", "TEST-2"],
            formulas=[
                (2, 1, "=A1", ""),
                (5, 1, '="TEST-"&3', "TEST-3"),
                (5, 0, "=A5", "Línea"),
            ],
        )
        run = self._run(content, name="recursos.xlsx")
        found = [
            (issue.line_number, issue.column_name, issue.value, issue.code)
            for issue in run.issue_ids.sorted("line_number")
            if issue.column_name == "VALOR"
        ]
        self.assertIn((2, "VALOR", "8,93404990000000E+18", "rounded"), found)
        self.assertIn((3, "VALOR", "B3", "formula"), found)
        self.assertIn((4, "VALOR", "#REF!", "cell_error"), found)
        self.assertTrue(all(run.issue_ids.mapped("remedy")))
        self.assertTrue(self._found("resource", "TEST-2"))
        self.assertTrue(self._found("resource", "TEST-3"))

    def test_workbook_of_several_sheets_needs_the_name_of_one(self):
        content = sheet(["TIPO", "VALOR"], ["Línea", "TEST-1"], sheets=("A", "B"))
        self._assert_refused(r"several sheets \(A, B\)", content, "recursos.xlsx")
        layout = self.profile.layout_ids.filtered(lambda item: item.kind == "resource")
        layout.sheet_name = "C"
        self._assert_refused(
            "no sheet “C”; the file has A, B", content, "recursos.xlsx"
        )
        layout.sheet_name = "A"
        run = self._run(content, name="recursos.xlsx")
        self.assertEqual(self._steps(run, "created"), {"resource": 1})
