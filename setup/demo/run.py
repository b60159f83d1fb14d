# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``make demo``: October 2026 of a cooperative with 500 subscriptions.

Generate world and files, make the database, load the world, bill the month, compare
what became of each record with what the generator knows, and collect: debits go to a
bank (``bank_simulator``, over HTTP), its files come back and are booked. While neither
the code nor the size changes, a second call shows the stored result;
``make demo FRESH=1`` does all of it again.
"""

import json
import os

from instance import progress
from instance.demo import DATABASE, addons_state, make_database
from instance.errors import SetupError
from usage_generator.generate import generate

from .people import LOGINS
from .report import show_report
from .settings import MONTH, SETTINGS, WORKERS, Folders, fingerprint
from .truth import check_truth

__all__ = ["LOGINS", "main"]


def main(instance):
    """Bring the demo up to date and show its result.

    :param Instance instance: this checkout's, with Odoo and PostgreSQL ready
    :raise SetupError: when a step fails, a control is red or a record became
        something else than it must
    """
    folders = Folders(instance.out / "demo")
    database = instance.database(DATABASE)
    mark = fingerprint(addons_state(instance.addons))
    result = None if os.environ.get("FRESH") else _stored(database, folders, mark)
    if result is None:
        result = _make(instance, folders)
        _store(database, folders, mark, result)
    else:
        progress.say("Nothing has changed: this is the demo made before.", "dim")
    show_report(folders, result)


def _stored(database, folders, mark):
    """Return the result of the demo that is loaded, or None when it is outdated."""
    if not database.exists() or database.note() != mark:
        return None
    try:
        return json.loads(folders.result.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _store(database, folders, mark, result):
    folders.result.write_text(json.dumps(result, indent=1), encoding="utf-8")
    database.set_note(mark)


def _make(instance, folders):
    """Do all steps anew.

    :return: dict: what show_report needs
    """
    with progress.step("Usage: generate a month of three providers' files"):
        truth = generate(SETTINGS, folders.input)
    database = make_database(instance, DATABASE)
    database.run_script(
        instance.root / "setup" / "demo" / "scripts" / "load_world.py",
        title="Cooperative: load members, subscriptions, numbers",
        env={
            "PYTHONPATH": str(instance.root / "setup"),
            "WORLD_PATH": str(folders.input / "world.json"),
            "WORLD_WITH_LIFE": "1",
        },
    )
    database.analyze()
    _bill(instance, folders)
    checked_rows = _check(database, folders)
    return {
        "truth": truth,
        "bill_run": json.loads(folders.summary.read_text(encoding="utf-8")),
        "checked_rows": checked_rows,
        "money": _collect(instance, database, folders),
    }


def _bill(instance, folders):
    """Bill the month; a red control stops the demo after its summary is written."""
    folders.summary.unlink(missing_ok=True)
    # The demo's month is the same one, whatever the machine's clock says.
    arguments = ["bill_month", "-d", DATABASE, "--month", MONTH, "--unfinished"]
    arguments += ["--files", folders.files, "--out", folders.output]
    instance.run_odoo(
        [*arguments, "--workers", WORKERS],
        log="demo-bill-month",
        title="Month: load, rate, check, preview, invoice, post, deliver",
    )


def _collect(instance, database, folders):
    """Draw the debits, book what the bank sends, remind of what is unpaid.

    :return: dict of figures
    """
    folders.bank.mkdir(parents=True, exist_ok=True)
    database.run_script(
        instance.root / "setup" / "demo" / "scripts" / "follow_money.py",
        title="Money: debits to a bank, its files back, reminders",
        env={
            "PYTHONPATH": str(instance.root / "setup"),
            "MONEY_FOLDER": str(folders.bank),
        },
    )
    return json.loads((folders.bank / "summary.json").read_text(encoding="utf-8"))


def _check(database, folders):
    """Compare each record with the truth.

    :return: number of records compared
    :raise SetupError: naming file and line of the first that differ
    """
    connection = database.connect()
    try:
        with progress.step("Truth: compare what became of each record"):
            check = check_truth(connection, folders.input / "truth.csv.gz")
    finally:
        connection.close()
    if check.differences:
        shown = "\n".join(
            f"    {row.file_name}:{row.line_number} must be “{row.expected}”, "
            f"is “{row.found}” ({row.defect or 'no defect'})"
            for row in check.differences[:20]
        )
        raise SetupError(
            f"{len(check.differences)} of {check.row_count} records became something "
            f"else than they must:\n{shown}",
            "Look at those lines of the files in " + str(folders.files),
        )
    return check.row_count
