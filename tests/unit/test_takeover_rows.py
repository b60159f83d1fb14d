# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rows by their layout: values, faults, order of kinds, COPY text."""

from pathlib import Path

import pytest

from odoo.addons.somconnexio_base.takeover.checks import find_faults
from odoo.addons.somconnexio_base.takeover.errors import LayoutError
from odoo.addons.somconnexio_base.takeover.kinds import KINDS, in_order
from odoo.addons.somconnexio_base.takeover.layout import ColumnMap, Layout
from odoo.addons.somconnexio_base.takeover.rows import RowReader, facts, unique_key
from odoo.addons.somconnexio_base.takeover.staged_text import (
    ISSUE_COLUMNS,
    ROW_COLUMNS,
    StagedText,
)
from odoo.addons.somconnexio_base.takeover.values import Manner

SPANISH = Manner("%d/%m/%Y", ",", "ES")
HEADER = ("ID", "NOM", "NIF", "MAIL", "EXTRA")
PARTNER = (
    ColumnMap("external_id", "ID"),
    ColumnMap("name", "NOM"),
    ColumnMap("tax_id", "NIF"),
    ColumnMap("email", "MAIL"),
)
LINE = (
    ColumnMap("external_id", "C + P"),
    ColumnMap("subscription", "C"),
    ColumnMap("product", "P", value_map={"Tarifa": "MOB", "Cap": ""}),
    ColumnMap("start_date", "D", default="01/01/2026"),
)


def partner_reader(is_lenient=True, header=HEADER, columns=PARTNER):
    return RowReader(Layout("partner", columns, SPANISH), header, is_lenient)


def read(reader, *cells):
    return reader.read((7, list(cells), ";".join(cells), None))


def test_row_gives_canonical_values_and_leaves_empty_ones_out():
    staged = read(partner_reader(), "1", " Núria  Puig ", "12345678z", "", "x")
    assert staged.values == {
        "external_id": "1",
        "name": "Núria Puig",
        "tax_id": "ES12345678Z",
    }
    assert (staged.external_id, staged.line_number) == ("1", 7)
    assert not staged.is_refused


def test_faulty_optional_value_is_left_out_and_told_when_the_source_is_lenient():
    staged = read(partner_reader(), "1", "Núria", "12345678A", "", "")
    [fault] = staged.faults
    assert (fault.column, fault.value, fault.code) == ("NIF", "12345678A", "bad_tax_id")
    assert not staged.is_refused
    assert "tax_id" not in staged.values


def test_faulty_optional_value_refuses_the_row_when_the_source_is_strict():
    assert read(partner_reader(False), "1", "Núria", "12345678A", "", "").is_refused


def test_missing_required_value_refuses_the_row_even_when_lenient():
    staged = read(partner_reader(), "1", "  ", "", "", "")
    assert [(fault.column, fault.code) for fault in staged.faults] == [
        ("NOM", "missing")
    ]
    assert staged.is_refused


def test_row_of_another_width_is_refused():
    [fault] = read(partner_reader(), "1", "Núria").faults
    assert (fault.code, fault.value, fault.expected) == ("width", "2", "5")


def test_empty_cells_beyond_the_header_do_no_harm():
    assert not read(partner_reader(), "1", "Núria", "", "", "", "", " ").is_refused


def test_formula_without_result_is_told_with_its_column():
    [fault] = partner_reader().read((3, [], "D3", "formula")).faults
    assert (fault.column, fault.value, fault.code) == ("MAIL", "D3", "formula")


def test_what_a_spreadsheet_has_spoilt_is_told():
    [error] = read(partner_reader(), "1", "Núria", "", "#N/A", "").faults
    assert (error.column, error.code, error.is_refusal) == ("MAIL", "cell_error", False)
    [rounded] = read(partner_reader(), "8,93405E+18", "Núria", "", "", "").faults
    assert (rounded.column, rounded.code) == ("ID", "rounded")


def test_columns_that_nothing_is_taken_from_are_named():
    assert partner_reader().unused == ["EXTRA"]


def test_joined_columns_make_a_key_and_a_default_fills_empty_cells():
    reader = RowReader(Layout("line", LINE, SPANISH), ["C", "P", "D"])
    staged = read(reader, "K1", "Tarifa", "")
    assert staged.values == {
        "external_id": "K1/Tarifa",
        "subscription": "K1",
        "product": "MOB",
        "start_date": "2026-01-01",
        "quantity": "1",
    }


def test_value_mapped_to_nothing_is_missing():
    reader = RowReader(Layout("line", LINE, SPANISH), ["C", "P", "D"])
    assert [fault.code for fault in read(reader, "K1", "Cap", "").faults] == ["missing"]


@pytest.mark.parametrize(
    ("columns", "header", "code"),
    [
        (PARTNER[:1], HEADER, "target_missing"),
        ((*PARTNER, PARTNER[1]), HEADER, "target_twice"),
        ((*PARTNER, ColumnMap("colour", "X")), HEADER, "unknown_target"),
        ((*PARTNER, ColumnMap("is_company", "ID + NOM")), HEADER, "not_joinable"),
        (PARTNER, ["ID", "NIF", "MAIL"], "column_missing"),
    ],
)
def test_layout_that_cannot_be_used_says_why(columns, header, code):
    with pytest.raises(LayoutError) as refused:
        partner_reader(columns=columns, header=header)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        ("subscription", {"state": "active"}, [("activation_date", "missing")]),
        ("subscription", {"state": "terminated"}, [("termination_date", "missing")]),
        (
            "subscription",
            {"state": "pending", "activation_date": "2026-01-01"},
            [("activation_date", "not_with_state")],
        ),
        (
            "line",
            {"start_date": "2026-02-01", "end_date": "2026-01-31"},
            [("end_date", "date_order")],
        ),
        ("partner", {"address_kind": "delivery"}, [("parent", "missing")]),
        (
            "membership",
            {"left_date": "2026-01-01", "share_count": "1"},
            [("share_count", "not_with_left")],
        ),
    ],
)
def test_values_that_contradict_each_other_are_found(kind, values, found):
    faults = [(column, code) for column, code, _text in find_faults(kind, values)]
    assert faults == found


@pytest.mark.parametrize(
    ("untaxed", "tax", "total", "residual", "codes"),
    [
        ("10", "2.1", "12.1", "12.1", []),
        ("10", "2.1", "12.1", "0", []),
        ("10", "2.1", "12.2", "0", ["sum_differs"]),
        ("10", "2.1", "12.1", "12.2", ["residual_range"]),
        ("10", "2.1", "12.1", "-1", ["residual_range"]),
        ("-10", "-2.1", "-12.1", "0", ["negative"]),
        ("10.001", "2.099", "12.1", "0", ["cents"]),
    ],
)
def test_amounts_of_a_bill_must_agree(untaxed, tax, total, residual, codes):
    values = {
        "amount_untaxed": untaxed,
        "amount_tax": tax,
        "amount_total": total,
        "amount_residual": residual,
    }
    assert [code for _column, code, _text in find_faults("bill", values)] == codes


@pytest.mark.parametrize(
    ("taxes", "found"),
    [
        ((), []),
        (("21", "90", "18.9", "10", "10", "1"), []),
        (("21", "90", "18.93", "10", "10", "0.97"), []),
        (("21", "90", None), [("tax_amount_1", "missing", "")]),
        (
            ("21", "90", "18.9"),
            [
                ("tax_base_1", "bases_differ", "100"),
                ("tax_amount_1", "taxes_differ", "19.9"),
            ],
        ),
        (
            ("10", "90", "18.9", "10", "10", "1"),
            [
                ("tax_amount_1", "rate_differs", "9.00"),
                ("tax_rate_2", "rate_twice", ""),
            ],
        ),
    ],
)
def test_taxes_by_rate_add_up_to_the_bill(taxes, found):
    names = ("rate_1", "base_1", "amount_1", "rate_2", "base_2", "amount_2")
    values = {f"tax_{name}": text for name, text in zip(names, taxes, strict=False)}
    values |= {"amount_untaxed": "100", "amount_tax": "19.9"}
    values |= {"amount_total": "119.9", "amount_residual": "0"}
    assert list(find_faults("bill", values)) == found


def test_kinds_come_after_those_they_refer_to():
    order = in_order(KINDS)
    for name, kind in KINDS.items():
        for column in kind.references:
            assert order.index(column.refers) <= order.index(name)


def test_unknown_kind_is_refused():
    with pytest.raises(KeyError, match="invoice"):
        in_order(["partner", "invoice"])


def test_facts_and_keys_name_what_is_compared():
    values = {"kind": "msisdn", "value": "34612345678"}
    assert facts(KINDS["resource"], values) == "msisdn|34612345678"
    assert unique_key(KINDS["resource"], values) == "msisdn|34612345678"
    assert unique_key(KINDS["bill"], {}) is None
    assert unique_key(KINDS["partner"], {"name": "x"}) is None


def test_copy_text_has_a_cell_for_each_column_and_escapes_what_it_must():
    writer = StagedText(1, 2, KINDS["partner"])
    staged = read(partner_reader(), "1", "Tab\\slash", "12345678A", "", "")
    row = writer.row(staged)
    assert len(row.rstrip("\n").split("\t")) == len(ROW_COLUMNS)
    assert "Tab\\\\\\\\slash" in row  # in JSON, in COPY text
    [issue] = writer.issues(staged).splitlines()
    assert len(issue.split("\t")) == len(ISSUE_COLUMNS)
    assert issue.endswith("\t\\N\twarning")


def test_manual_tells_every_column_of_every_kind():
    text = (Path(__file__).parents[2] / "docs/migration.md").read_text("utf-8")
    for kind in KINDS.values():
        assert f": `{kind.name}`" in text
        for column in kind.columns:
            assert f"| `{column.name}` | {column.type} |" in text, column
