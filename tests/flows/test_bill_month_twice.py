# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Two `odoo bill_month` of one month at the same time."""

from bill_month_database import bill_month, finish


def test_two_commands_at_once_make_one_set_of_bills(database, files, billed):
    commands = [bill_month(database, "--files", files) for _number in range(2)]
    results = [finish(command) for command in commands]
    codes = sorted(code for code, _output in results)
    assert codes[0] == 0, results
    for code, output in results:
        assert "Traceback" not in output
        assert code == 0 or "is being billed by another command" in output, output
    assert database.state() == billed.database.state()
    assert database.bill_numbers() == billed.database.bill_numbers()


def test_command_while_another_works_says_so_and_changes_nothing(
    database, files, billed
):
    with database.blocked("telecom_usage_event") as wait_until_blocked:
        first = bill_month(database, "--files", files)
        wait_until_blocked(first)
        code, output = finish(bill_month(database, "--files", files))
        assert code == 1, output
        assert "is being billed by another command" in output
    code, output = finish(first)
    assert code == 0, output
    assert database.state() == billed.database.state()
