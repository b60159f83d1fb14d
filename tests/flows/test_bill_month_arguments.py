# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What `odoo bill_month` says to those who call it wrongly: exit code 2."""

import pytest
from bill_month_database import bill_month, finish, start_odoo


@pytest.mark.parametrize("month", ["2026-13", "2026-10-01"])
def test_month_that_is_none_ends_with_2_and_shows_how_to_write_it(month):
    command = start_odoo("bill_month", "-d", "none", "--month", month)
    code, output = finish(command)
    assert code == 2
    assert f"'{month}'" in output
    assert "2026-10" in output.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--files", "/nowhere/at/all"], "/nowhere/at/all"),
        (["--workers", "0"], "--workers"),
        (["--until", "lunch"], "lunch"),
        (["--spreadsheets", "bill_register,horoscope"], "horoscope"),
        (["--invoice-date", "tomorrow"], "tomorrow"),
        (["--collect"], "--out"),
    ],
)
def test_argument_that_does_not_fit_ends_with_2_and_is_named(arguments, told):
    command = start_odoo("bill_month", "-d", "none", "--month", "2026-10", *arguments)
    code, output = finish(command)
    assert code == 2
    assert told in output.splitlines()[-1]


def test_unknown_database_ends_with_2_and_is_named():
    command = start_odoo("bill_month", "-d", "no_such_db", "--month", "2026-10")
    code, output = finish(command)
    assert code == 2
    assert "no_such_db" in output.splitlines()[-1]
    assert "Traceback" not in output


def test_database_without_the_addon_ends_with_2_and_says_what_to_install(database):
    database.query(
        "UPDATE ir_module_module SET state = 'uninstalled'"
        " WHERE name = 'somconnexio_billing' OR id IN ("
        " SELECT module_id FROM ir_module_module_dependency"
        " WHERE name = 'somconnexio_billing')"
    )
    code, output = finish(bill_month(database))
    assert code == 2
    assert "install somconnexio_billing first" in output.splitlines()[-1]


def test_unknown_company_ends_with_2_and_is_named(world):
    code, output = finish(bill_month(world, "--company", "Nobody"))
    assert code == 2
    assert "Nobody" in output.splitlines()[-1]


def test_month_that_is_not_over_ends_with_2_and_says_when_it_is(world):
    code, output = finish(world.start("bill_month", "--month", "2999-12"))
    assert code == 2
    told = output.splitlines()[-1]
    assert "2999-12 is not over: call again from 3000-01-01 on" in told
    assert "--unfinished" in told
