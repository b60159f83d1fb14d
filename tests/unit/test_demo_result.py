# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""When the demo is made anew, what it prints, and when it refuses to be green."""

import json
from types import SimpleNamespace

import pytest
from demo import run
from demo.report import show_report
from demo.settings import Folders, fingerprint, source_digest
from demo.truth.check import Difference, TruthCheck
from instance import progress
from instance.errors import SetupError


class FakeDatabase:
    """A database that exists and carries a note."""

    def __init__(self, note=""):
        self._note = note

    def exists(self):
        return True

    def note(self):
        return self._note

    def set_note(self, text):
        self._note = text

    def connect(self):
        return SimpleNamespace(close=lambda: None)


def a_result(**check):
    """Return what a demo stored: one control, green unless told otherwise."""
    control = {"name": "No row is lost", "severity": "block_run", "state": "pass"}
    counters = dict.fromkeys(
        "file_count row_count event_count suspended_count rated_count allowance_count "
        "duplicate_count rejected_count account_count held_count bill_count "
        "pdf_count".split(),
        1_234,
    )
    amounts = ("charged_amount", "invoiced_untaxed", "invoiced_tax", "invoiced_total")
    return {
        "checked_rows": 60_000,
        "bill_run": {
            "company": "Som Demo, SCCL",
            "run": "BR00001",
            "period_start": "2026-10-01",
            "counters": counters,
            "amounts": dict.fromkeys(amounts, "7819.89"),
            "steps": [{"code": "load", "rows": 67, "seconds": 1.25}],
            "checks": [{"rows": 0} | control | check],
        },
        "money": {
            **dict.fromkeys(
                "debit_count returned_count left_out_count transfer_count file_count "
                "allocated_count exception_count reminded_count app_count "
                "app_difference_count".split(),
                321,
            ),
            "debit_run": "DD2026-0002",
            "debit_amount": "8868.56",
        },
    }


def printed(result, tmp_path):
    """Return what a demo prints."""
    with progress.console.capture() as capture:
        show_report(Folders(tmp_path), result)
    return capture.get()


def test_report_shows_counters_amounts_steps_and_the_way_on(tmp_path):
    text = printed(a_result(), tmp_path)
    for part in ("Som Demo, SCCL, 2026-10", "1,234", "7,819.89 €", "load: 67 files"):
        assert part in text
    assert "All controls green" in text
    assert "60,000 records became what they must" in text
    for part in ("Money until 21 November, DD2026-0002", "321", "8,868.56 €"):
        assert part in text
    assert str(tmp_path / "bills") in text
    assert str(tmp_path / "bank") in text
    assert "make serve" in text


def test_warning_is_shown_and_stays_green(tmp_path):
    result = a_result(severity="warn", state="fail", rows=421)
    text = printed(result, tmp_path)
    assert "! No row is lost: 421 do not" in text
    assert "All controls green: 0 pass, 1 only warn" in text


def test_red_control_is_not_called_green(tmp_path):
    text = printed(a_result(state="fail", rows=2), tmp_path)
    assert "green" not in text
    assert "0 of 1 controls pass, 1 red" in text


def test_stored_demo_is_shown_while_nothing_changed(tmp_path):
    folders, database = Folders(tmp_path), FakeDatabase()
    run._store(database, folders, "mark", a_result())
    assert run._stored(database, folders, "mark") == a_result()


def test_stored_demo_is_outdated_by_another_mark_or_a_lost_result(tmp_path):
    folders, database = Folders(tmp_path), FakeDatabase()
    run._store(database, folders, "mark", a_result())
    assert run._stored(database, folders, "other") is None
    folders.result.unlink()
    assert run._stored(database, folders, "mark") is None


def test_fingerprint_follows_the_addons_and_nothing_of_the_moment():
    assert fingerprint("addons 1") == fingerprint("addons 1")
    assert fingerprint("addons 1") != fingerprint("addons 2")
    assert source_digest("demo") != source_digest("usage_generator")


def test_record_that_became_something_else_stops_the_demo(tmp_path, monkeypatch):
    wrong = Difference("MW_1.csv", 7, "late", "guided S000001", "rejected duplicate")
    monkeypatch.setattr(run, "check_truth", lambda *_args: TruthCheck(9, [wrong]))
    with pytest.raises(SetupError) as caught:
        run._check(FakeDatabase(), Folders(tmp_path))
    assert "MW_1.csv:7 must be “guided S000001”" in str(caught.value)


def test_logins_are_one_for_each_role_with_password_and_role():
    logins = [tuple(person)[:3] for person in run.LOGINS]
    assert [login for login, _password, _role in logins] == [
        "admin",
        "agent",
        "billing",
        "accountant",
        "technician",
    ]
    assert all(login == password and role for login, password, role in logins)
    assert json.dumps(logins)
