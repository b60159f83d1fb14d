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
