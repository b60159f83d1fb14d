# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Money walks at random, and after each step the books add up.

`make test` walks a few seeds, `make walk N=100` many (MONEY_WALKS, from MONEY_SEED on,
MONEY_STEPS long). A walk that fails is cut down to the steps that failing needs.
"""

import os
from unittest.mock import patch

from freezegun import freeze_time
from money_walk.checking import Fault
from money_walk.walk import plan, shrink
from money_walk.walker import FIRST_DAY, WEIGHTS, Walker
from money_walk.world import MoneyWorld

from odoo.tests import tagged
from odoo.tools import mute_logger

SEED = int(os.environ.get("MONEY_SEED", "1"))
WALKS = int(os.environ.get("MONEY_WALKS", "1"))
STEPS = int(os.environ.get("MONEY_STEPS", "50"))
SHRINKS_SECONDS = int(os.environ.get("MONEY_SHRINK", "60"))
STORY = os.environ.get("MONEY_STORY")
NOISY = (
    "odoo.addons.payment.models.payment_transaction",
    "odoo.addons.payment.models.payment_provider",
    "odoo.addons.somconnexio_payments.models.bank_file.bank_file_booking",
)

#: Rule -> what it must see.
TAMPERINGS = {
    "entries_unbalanced": "UPDATE account_move_line SET debit = debit + 1"
    " WHERE debit > 0 AND partner_id = ANY(%(payers)s)",
    "bills_out_of_range": "UPDATE account_move SET amount_residual = -1"
    " WHERE move_type = 'out_invoice' AND partner_id = ANY(%(payers)s)",
    "ledger_is_not_the_book": "UPDATE account_move_line SET partner_id = NULL"
    " WHERE balance > 0 AND partner_id = ANY(%(payers)s)",
    "services_withheld_wrongly": "UPDATE contract_contract"
    " SET restriction_kind = 'data' WHERE telecom_billing_account_id IN"
    " (SELECT id FROM telecom_billing_account WHERE partner_id = ANY(%(payers)s))",
}


@tagged("post_install", "-at_install")
class TestMoneyWalk(Walker, MoneyWorld):
    @classmethod
    def setUpClass(cls):
        cls.clock = cls.enterClassContext(freeze_time(FIRST_DAY))
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "queue_job__no_delay": True})
        cls.startClassPatcher(patch.object(cls.env.cr, "commit", cls.env.flush_all))
        cls.enterClassContext(mute_logger(*NOISY))
        cls.iban_number = 100

    def test_books_add_up_after_each_step_of_any_walk(self):
        for seed in range(SEED, SEED + WALKS):
            steps = plan(seed, STEPS, WEIGHTS)
            with self.subTest(seed=seed):
                if fault := self._fault_of(steps, seed):
                    self._tell_shortest(steps, seed, fault)

    def test_each_rule_sees_what_is_wrong(self):
        """Tamper with rows that a walk of one step leaves behind."""
        self.walk(plan(1, 1, WEIGHTS), 1, is_thorough=False)
        for rule, statement in TAMPERINGS.items():
            with self.subTest(rule), self.env.cr.savepoint() as point:
                self.env.cr.execute(statement, {"payers": self.payers.ids})
                self.env.invalidate_all(flush=False)
                with self.assertRaises(Fault) as found:
                    self.check()
                self.assertEqual(found.exception.rule, rule)
                point.rollback()

    def test_failing_walk_is_cut_down_to_the_steps_that_failing_needs(self):
        def fails(steps):
            return "c" in steps and "f" in steps

        self.assertEqual(shrink(list("abcdefgh"), fails), ["c", "f"])

    def _fault_of(self, steps, seed):
        """Return what a walk finds wrong, None if nothing; nothing of it stays."""
        point = self.env.cr.savepoint()
        try:
            self.walk(steps, seed)
        except Fault as fault:
            return fault
        finally:
            self._write_story(seed)
            self.env.clear()
            point.close(rollback=True)
            self.env.invalidate_all()
        return None

    def _write_story(self, seed):
        """Write down what was done, where somebody wants to read it."""
        if STORY:
            with open(STORY, "a", encoding="utf-8") as file:
                file.write("\n".join([f"seed {seed}", *self.told, ""]))

    def _tell_shortest(self, steps, seed, fault):
        """Fail with the shortest walk that is found to break the same rule."""

        def fails(some):
            found = self._fault_of(some, seed)
            return found is not None and found.rule == fault.rule

        shortest = shrink(steps, fails, SHRINKS_SECONDS)
        last = self._fault_of(shortest, seed)
        story = "\n".join(self.told)
        self.fail(f"seed {seed}: {last or fault}\n{shortest}\n{story}")
