# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""`odoo bill_month` from a folder of files to bills, results and exit code."""

import json
import os
import pty
from decimal import Decimal

import openpyxl
from bill_month_database import bill_month, finish
from bill_month_files import (
    EXPECTED_BILLS,
    EXPECTED_COUNTERS,
    MOBILES,
    MONTH_START,
    mobile_line,
    write_fixed,
    write_mobile,
)

STEPS = ["load", "rate", "check", "preview", "invoice", "post", "deliver"]


def read_summary(out):
    """Return summary.json of a folder of results."""
    return json.loads((out / "summary.json").read_text(encoding="utf-8"))


def bills_of(database):
    """Return ``{member: (untaxed, tax)}`` of the posted bills."""
    rows = database.query(
        "SELECT partner.name, move.amount_untaxed, move.amount_tax"
        " FROM account_move AS move"
        " JOIN res_partner AS partner ON partner.id = move.partner_id"
        " WHERE move.state = 'posted'"
    )
    return {name: (_cents(untaxed), _cents(tax)) for name, untaxed, tax in rows}


def test_files_become_the_bills_that_are_expected(billed):
    assert billed.code == 0, billed.output
    assert bills_of(billed.database) == EXPECTED_BILLS
    assert billed.database.bill_numbers() == [1, 2, 3, 4, 5]


def test_summary_tells_what_the_database_holds(billed):
    summary = read_summary(billed.out)
    assert summary["counters"] == EXPECTED_COUNTERS
    untaxed, tax = (
        sum(column) for column in zip(*EXPECTED_BILLS.values(), strict=True)
    )
    assert summary["amounts"] == {
        "charged_amount": "1.780000",
        "amount_untaxed": str(untaxed),
        "amount_tax": str(tax),
        "amount_total": str(untaxed + tax),
        "invoiced_untaxed": str(untaxed),
        "invoiced_tax": str(tax),
        "invoiced_total": str(untaxed + tax),
    }
    assert [step["code"] for step in summary["steps"]] == STEPS
    assert {step["state"] for step in summary["steps"]} == {"done"}
    assert summary["state"] == "delivered"
    assert summary["held"] == summary["quarantined"] == []


def test_workbook_holds_a_row_for_each_bill(billed):
    book = openpyxl.load_workbook(billed.out / "summary.xlsx", read_only=True)
    assert book.sheetnames == ["Month", "Steps", "Controls", "Bills"]
    header, *rows = book["Bills"].iter_rows(values_only=True)
    assert header == ("Bill", "Account", "Customer", "Untaxed", "Taxes", "Total")
    found = {
        customer: (_cents(untaxed), _cents(tax))
        for _bill, _account, customer, untaxed, tax, _total in rows
    }
    assert found == EXPECTED_BILLS
    assert {row[0] for row in rows} == _bill_names(billed.database)
    month = dict(row[:2] for row in book["Month"].iter_rows(values_only=True))
    assert month["row_count"] == EXPECTED_COUNTERS["row_count"]
    assert [row[0] for row in book["Steps"].iter_rows(values_only=True)][1:] == STEPS


def test_register_and_usage_are_written_as_spreadsheets(billed):
    book = openpyxl.load_workbook(billed.out / "bill_register.xlsx", read_only=True)
    header, *rows = book.active.iter_rows(values_only=True)
    assert {row[header.index("Bill")] for row in rows} == _bill_names(billed.database)
    tax = sum(_cents(row[header.index("Tax amount")]) for row in rows)
    assert str(tax) == read_summary(billed.out)["amounts"]["invoiced_tax"]
    book = openpyxl.load_workbook(billed.out / "usage_summary.xlsx", read_only=True)
    header, *rows = book.active.iter_rows(values_only=True)
    charged = sum(Decimal(str(row[header.index("Amount")])) for row in rows)
    assert charged == Decimal("1.78")
    assert not (billed.out / "usage_detail.xlsx").exists()


def _cents(number):
    """Return an amount that went through a float as it was before."""
    return Decimal(number).quantize(Decimal("0.01"))


def _bill_names(database):
    return {name for (name,) in database.query("SELECT name FROM account_move")}


def test_pdf_folder_holds_each_bill_under_its_number(billed):
    documents = list((billed.out / "pdf").iterdir())
    names = {name.replace("/", "_") for name in _bill_names(billed.database)}
    assert {document.stem for document in documents} == names
    for document in documents:
        content = document.read_bytes()
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")


def test_output_without_terminal_is_plain_lines(billed):
    assert "\r" not in billed.output
    assert "\x1b" not in billed.output
    lines = billed.output.splitlines()
    told = [line.partition(":")[0] for line in lines if line.endswith(" s")]
    assert told == STEPS
    assert any(line.split() == ["bill", "count", "5"] for line in lines)


def test_second_call_changes_nothing(billed, tmp_path):
    before = billed.database.state()
    again = bill_month(billed.database, "--files", billed.files, "--out", tmp_path)
    code, output = finish(again)
    assert code == 0, output
    assert billed.database.state() == before
    assert read_summary(tmp_path)["amounts"] == read_summary(billed.out)["amounts"]
    assert len(list((tmp_path / "pdf").iterdir())) == 5


def test_quarantined_file_ends_with_3_and_the_rest_is_billed(database, files, tmp_path):
    write_fixed(files, counted=3)
    out = tmp_path / "out"
    code, output = finish(bill_month(database, "--files", files, "--out", out))
    assert code == 3, output
    (item,) = read_summary(out)["quarantined"]
    assert item["file"] == f"FIX_{MONTH_START:%Y%m}07_001043.txt"
    assert f"quarantined: {item['file']}: {item['reason']}" in output
    without_calls = (Decimal("15.22"), Decimal("3.20"))
    assert bills_of(database) == EXPECTED_BILLS | {"Carla Vila": without_calls}


def test_usage_without_price_ends_with_4_and_holds_its_account_until_priced(
    database, files, tmp_path
):
    premium = mobile_line(200, MOBILES["Anna Puig"], 9, DESTINO="803123456")
    write_mobile(files, 2, [premium])
    out = tmp_path / "out"
    code, output = finish(bill_month(database, "--files", files, "--out", out))
    assert code == 4, output
    (held,) = read_summary(out)["held"]
    assert f"held: {held['account']}: {held['reason']}" in output
    others = {name: bill for name, bill in EXPECTED_BILLS.items() if "Anna" not in name}
    assert bills_of(database) == others
    assert database.bill_numbers() == [1, 2, 3, 4]
    _price_premium_calls(database)
    code, output = finish(bill_month(database))
    assert code == 0, output
    # A minute at the price that was missing: 0.06.
    with_premium = (Decimal("10.28"), Decimal("2.16"))
    assert bills_of(database) == EXPECTED_BILLS | {"Anna Puig": with_premium}
    assert database.bill_numbers() == [1, 2, 3, 4, 5]


def _price_premium_calls(database):
    """Let the price of calls to fixed lines hold for all destinations."""
    database.query(
        "UPDATE telecom_tariff_rate SET destination_id = NULL"
        " WHERE destination_id = ("
        " SELECT id FROM telecom_destination WHERE code = 'ES-fixed')"
    )


def test_file_that_comes_after_the_preview_is_billed(database, files):
    late = files.parent / "late"
    late.mkdir()
    (fixed,) = files.glob("FIX_*")
    fixed.rename(late / fixed.name)
    code, output = finish(bill_month(database, "--files", files, "--until", "preview"))
    assert code == 0, output
    code, output = finish(bill_month(database, "--files", late))
    assert code == 0, output
    assert bills_of(database) == EXPECTED_BILLS


def test_red_control_ends_with_4_and_bills_nobody(database, files, tmp_path):
    load = bill_month(database, "--files", files, "--until", "load")
    code, output = finish(load)
    assert code == 0, output
    # A row that was lost on the way.
    database.query("UPDATE telecom_usage_file SET row_count = row_count + 1")
    out = tmp_path / "out"
    code, output = finish(bill_month(database, "--out", out))
    assert code == 4, output
    assert "block_run" in output
    assert read_summary(out)["state"] == "previewed"
    assert database.query("SELECT id FROM account_move") == []


def test_terminal_shows_a_line_that_moves(billed):
    master, terminal = pty.openpty()
    again = bill_month(billed.database, "--files", billed.files, stdout=terminal)
    os.close(terminal)
    shown = b"".join(iter(lambda: _read(master), b"")).decode()
    assert again.wait() == 0, shown
    assert "\r\x1b[Kreceive: 3 of 3" in shown


def _read(descriptor):
    """Return what a terminal shows next, b"" once nobody writes any more."""
    try:
        return os.read(descriptor, 4096)
    except OSError:
        return b""
