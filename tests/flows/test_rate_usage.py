# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""`odoo rate_usage` as a process: files, exit codes, and nothing kept."""

import csv
from pathlib import Path

import pytest
from bill_month_database import finish, start_odoo

EXAMPLES = Path(__file__).parents[2] / "docs" / "tariff_examples"
TABLES = ("res_company", "telecom_tariff", "telecom_usage_event", "telecom_rated_usage")


def rate_usage(world, tariff, usage, out, *more):
    """Run the command on a database and return exit code and output."""
    arguments = ["--tariff", tariff, "--usage", usage, "--output", out, *more]
    return finish(start_odoo("rate_usage", "-d", world.name, *map(str, arguments)))


def counts(world):
    return {table: world.query(f"SELECT count(*) FROM {table}") for table in TABLES}


def test_example_is_rated_and_nothing_stays(world, tmp_path):
    folder = EXAMPLES / "spend_limits"
    before = counts(world)
    out, summary = tmp_path / "out.csv", tmp_path / "summary.csv"
    code, output = rate_usage(
        world, folder / "tariff.json", folder / "usage.csv", out, "--summary", summary
    )
    assert code == 0, output
    assert out.read_text() == (folder / "expected.csv").read_text()
    rows = list(csv.DictReader(summary.open(newline="")))
    missing = [row for row in rows if row["item"] == "minimum_spend"]
    assert [(row["subscription"], row["amount"]) for row in missing] == [("B", "3")]
    assert counts(world) == before


def test_events_without_price_end_with_4(world, tmp_path):
    folder = EXAMPLES / "suspense"
    out = tmp_path / "out.csv"
    code, output = rate_usage(
        world, folder / "tariff.json", folder / "usage.csv", out, "--no-explanation"
    )
    assert code == 4, output
    rows = list(csv.DictReader(out.open(newline="")))
    assert [row["status"] for row in rows] == ["rated"] + ["suspended"] * 3
    assert not any(row["explanation"] for row in rows)


@pytest.mark.parametrize(
    ("tariff", "usage", "told"),
    [
        ('{"format": ', None, "no JSON: Expecting value at line 1, column 12"),
        ('{"format": "telecom-tariff/1", "code": "T"}', None, "name: is missing"),
        (None, "event_id,subscription\n", "usage_type: is missing in the header"),
    ],
)
def test_file_that_cannot_be_used_ends_with_2_and_writes_nothing(
    world, tmp_path, tariff, usage, told
):
    folder = EXAMPLES / "direction"
    tariff_file, usage_file = tmp_path / "t.json", tmp_path / "u.csv"
    tariff_file.write_text(tariff or (folder / "tariff.json").read_text())
    usage_file.write_text(usage or (folder / "usage.csv").read_text())
    code, output = rate_usage(world, tariff_file, usage_file, tmp_path / "out.csv")
    assert code == 2, output
    assert told in output
    assert "Traceback" not in output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.json", "u.csv"]


def test_late_fault_in_the_usage_leaves_no_half_output(world, tmp_path):
    usage_file, out = tmp_path / "usage.csv", tmp_path / "out.csv"
    text = (EXAMPLES / "direction" / "usage.csv").read_text()
    usage_file.write_text(text + "9,A,voice,2026-10-05T10:09:00+02:00,-1,,outgoing\n")
    out.write_text("what was there")
    tariff = EXAMPLES / "direction" / "tariff.json"
    code, output = rate_usage(world, tariff, usage_file, out)
    assert code == 2, output
    assert "line 5, quantity: '-1'" in output
    assert out.read_text() == "what was there"


def test_missing_file_ends_with_2_and_is_named():
    code, output = finish(
        start_odoo(
            "rate_usage", "--tariff", "/none", "--usage", "/none", "--output", "/tmp/o"
        )
    )
    assert code == 2
    assert "there is no file '/none'" in output
