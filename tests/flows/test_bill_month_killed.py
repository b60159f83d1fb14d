# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""`odoo bill_month` killed in the middle: called again, it ends as if it never was.

A table that nobody may write stops the command, or a worker, just inside of a step;
there it is killed, without a chance to tidy up.
"""

from bill_month_database import (
    bill_month,
    children_of,
    finish,
    kill_with_children,
    wait_for,
)

FAILED_JOBS = "SELECT name, exc_message FROM queue_job WHERE state = 'failed'"


def assert_billed_as(database, billed):
    """Assert that a month is what it is without any trouble, and no job failed."""
    assert billed.code == 0, billed.output
    assert database.state() == billed.database.state()
    assert database.bill_numbers() == billed.database.bill_numbers()
    assert database.query(FAILED_JOBS) == []


def kill_worker_inside(database, step, table, *arguments):
    """Do the month up to a step, of which one worker is killed at a table."""
    with database.blocked(table) as wait_until_blocked:
        command = bill_month(database, "--until", step, *arguments)
        wait_until_blocked(command)
        children_of(command)[0].kill()
    code, output = finish(command)
    assert code == 0, output


def test_workers_killed_inside_each_step_are_replaced(database, files, billed):
    kill_worker_inside(database, "invoice", "account_move_line", "--files", files)
    kill_worker_inside(database, "post", "account_move")
    kill_worker_inside(database, "deliver", "ir_attachment")
    assert_billed_as(database, billed)


def test_command_killed_inside_load_loads_again(database, files, billed):
    with database.blocked("telecom_usage_event") as wait_until_blocked:
        command = bill_month(database, "--files", files)
        wait_until_blocked(command)
        kill_with_children(command)
        command.wait()
    code, output = finish(bill_month(database, "--files", files))
    assert code == 0, output
    assert_billed_as(database, billed)


def test_command_killed_inside_invoice_makes_the_missing_bills(database, files, billed):
    with database.blocked("account_move_line") as wait_until_blocked:
        command = bill_month(database, "--files", files)
        wait_until_blocked(command)
        kill_with_children(command)
        command.wait()
    code, output = finish(bill_month(database))
    assert code == 0, output
    assert_billed_as(database, billed)


def test_command_killed_without_its_workers_lets_them_end(database, files, billed):
    with database.blocked("account_move_line") as wait_until_blocked:
        command = bill_month(database, "--files", files)
        wait_until_blocked(command)
        workers = children_of(command)
        command.kill()
        command.wait()
        code, output = finish(bill_month(database))
        assert code == 1, output
        assert "working on bill run" in output
    wait_for(lambda: not any(worker.is_running() for worker in workers), "workers end")
    code, output = finish(bill_month(database))
    assert code == 0, output
    assert_billed_as(database, billed)
