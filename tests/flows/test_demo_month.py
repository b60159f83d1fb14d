# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A generated month goes through the real system and becomes what it must."""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from unittest.mock import patch

from demo.loading import load_world
from demo.loading.life import load_life
from demo.people import LOGINS
from demo.truth import check_truth
from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from odoo.addons.somconnexio_base.tests.membership_common import ACCOUNTS

MONTH = date(2026, 10, 1)
SETUP = Path(__file__).parents[2] / "setup"
SIZE = ("--seed", "5", "--subscriptions", "80", "--records", "3000")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 08:00:00")
class TestDemoMonth(TransactionCase):
    """The demo's own steps on a small world, in one transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        holder = tempfile.TemporaryDirectory(prefix="demo_month_")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = Path(holder.name)
        # As a program of its own: inside Odoo, stdnum can't find its own tables.
        subprocess.run(
            [sys.executable, "-m", "usage_generator", *SIZE, "--out", cls.folder],
            cwd=SETUP,
            check=True,
            capture_output=True,
        )
        summary = (cls.folder / "truth_summary.json").read_text(encoding="utf-8")
        cls.truth = json.loads(summary)
        cls._set_up_accounts()
        with patch.object(cls.env.cr, "commit", cls.env.flush_all):
            load_world(cls.env, cls.folder / "world.json", with_life=True)
        cls._load_files()

    @classmethod
    def _set_up_accounts(cls):
        company = cls.env.company
        for setting, (code, account_type) in ACCOUNTS.items():
            company[setting] = cls.env["account.account"].create(
                {"name": setting, "code": code, "account_type": account_type}
            )
        company.cooperative_journal_id = cls.env["account.journal"].create(
            {"name": "Capital", "code": "TCAP", "type": "general"}
        )

    @classmethod
    def _load_files(cls):
        File = cls.env["telecom.usage.file"]
        cls.files = File
        for path in sorted((cls.folder / "files").iterdir()):
            cls.files |= File.receive(path, path.name)
        cls.files.load_usage()
        cls.env.flush_all()

    def _subscriptions(self, state):
        return self.env["contract.contract"].search(
            [("telecom_state", "=", state), ("code", "=like", "S00%")]
        )

    def test_each_record_becomes_what_the_generator_knows(self):
        check = check_truth(self.env.cr._cnx, self.folder / "truth.csv.gz")
        self.assertEqual(check.differences, [])
        self.assertEqual(check.row_count, 3_000)

    def test_wrong_outcome_is_found_by_file_and_line(self):
        self.env.cr.execute(
            "UPDATE telecom_usage_rejection SET reason = 'structure'"
            " WHERE id = (SELECT min(id) FROM telecom_usage_rejection"
            " WHERE reason = 'duplicate') RETURNING file_id, line_number"
        )
        file_id, line_number = self.env.cr.fetchone()
        check = check_truth(self.env.cr._cnx, self.folder / "truth.csv.gz")
        name = self.files.browse(file_id).name
        self.assertEqual(
            [(row.file_name, row.line_number) for row in check.differences],
            [(name, line_number)],
        )
        self.assertEqual(check.differences[0].expected, "rejected duplicate")
        self.assertEqual(check.differences[0].found, "rejected structure")

    def test_all_files_are_loaded_and_count_their_rows(self):
        self.assertEqual(set(self.files.mapped("state")), {"loaded"})
        self.assertEqual(sum(self.files.mapped("row_count")), 3_000)

    def test_world_has_subscriptions_in_every_state(self):
        states = ("pending", "active", "suspended", "terminated")
        counts = {state: len(self._subscriptions(state)) for state in states}
        self.assertEqual(sum(counts.values()), 80)
        self.assertTrue(all(counts.values()), counts)

    def test_terminated_subscription_has_closed_lines_and_history(self):
        for subscription in self._subscriptions("terminated"):
            lines = subscription.contract_line_ids
            self.assertTrue(all(lines.mapped("date_end")))
            self.assertEqual(
                subscription.transition_ids.mapped("to_state"), ["terminated", "active"]
            )

    def test_each_person_of_the_demo_can_log_in_with_a_role(self):
        for person in LOGINS:
            user = self.env["res.users"].search([("login", "=", person.login)])
            self.assertEqual(len(user), 1, person.login)
            for group in person.groups:
                self.assertTrue(user.has_group(group), (person.login, group))

    def test_most_of_the_usage_is_rated_within_allowances(self):
        counters = self.env["telecom.rated.usage"]._rate(
            self.env.company, MONTH, date(2026, 11, 1)
        )
        guided = next(
            row["rows"] for row in self.truth["outcomes"] if row["outcome"] == "guided"
        )
        self.assertEqual(counters["rated_count"], guided)
        self.assertGreater(counters["allowance_count"], guided / 2)
        self.assertGreater(counters["charged_count"], 0)

    def _life_counts(self):
        """Return how many rows of each kind the demo's people have made."""
        models = (
            "cooperative.membership",
            "cooperative.membership.request",
            "cooperative.share.movement",
            "cooperative.leaving",
            "cooperative.assembly.delegation",
            "telecom.subscription.operation",
            "telecom.resource",
            "telecom.notice",
            "telecom.outbox",
            "telecom.webhook",
        )
        return {model: self.env[model].search_count([]) for model in models}

    def test_some_people_come_into_the_cooperative_each_way(self):
        people = self.env["res.partner"].search([("ref", "=like", "M0%")])
        Membership = self.env["cooperative.membership"]
        members = Membership.search([("partner_id", "in", people.ids)])
        states = Counter(members.mapped(lambda one: (one.kind, one.state)))
        self.assertEqual(
            states,
            {
                ("member", "active"): 4,
                ("member", "leaving"): 1,
                ("member", "left"): 1,
                ("member", "pending"): 1,
                ("sponsored", "active"): 1,
                ("agreement", "active"): 1,
            },
        )
        self.assertTrue(all(self._life_counts().values()), self._life_counts())

    def test_operations_of_the_demo_leave_its_month_alone(self):
        operations = self.env["telecom.subscription.operation"].search(
            [("request_key", "=like", "demo-%")]
        )
        self.assertEqual(
            Counter(operations.mapped(lambda one: (one.kind, one.state))),
            {
                ("change_offering", "planned"): 1,
                ("swap_sim", "planned"): 1,
                ("terminate", "planned"): 1,
                ("change_address", "done"): 1,
            },
        )
        planned = operations.filtered(lambda one: one.state == "planned")
        self.assertEqual(min(planned.mapped("execute_date")), date(2026, 12, 1))
        ended = planned.subscription_id.contract_line_ids.mapped("date_end")
        self.assertGreaterEqual(min(filter(None, ended)), date(2026, 11, 30))

    def test_second_load_of_the_life_makes_nothing_twice(self):
        before = self._life_counts()
        load_life(self.env, "2026-10")
        self.assertEqual(self._life_counts(), before)

    def test_webhooks_of_the_demo_have_no_receiver(self):
        self.assertEqual(
            set(self.env["telecom.webhook"].search([]).mapped("state")), {"disabled"}
        )
