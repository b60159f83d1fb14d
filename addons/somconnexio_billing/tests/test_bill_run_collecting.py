# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .bill_run_common import BillRunCommon


class Collection:
    """What an addon that draws money makes of bills."""

    display_name = "DD-1"

    def __init__(self, bills):
        self.bills = bills


@tagged("post_install", "-at_install")
class TestBillRunCollecting(BillRunCommon):
    def _collecting(self, made):
        """Let bills be collected, as an addon that draws money does."""

        def collect(bills):
            made.append(Collection(bills))
            return made[-1:]

        return patch.object(type(self.env["account.move"]), "_collect", collect)

    def test_delivered_bills_go_on_to_collection_and_are_noted(self):
        run, made = self._go(self._create_run(), "deliver"), []
        self.assertFalse(run.collected_at)
        with self._collecting(made):
            run.action_collect()
        self.assertEqual(made[0].bills, run.account_ids.move_id)
        self.assertTrue(run.collected_at)
        self.assertIn("DD-1", run.message_ids[0].body)

    def test_bills_that_are_not_delivered_are_not_collected(self):
        run = self._go(self._create_run(), "post")
        with self.assertRaisesRegex(UserError, "not delivered yet"):
            run.action_collect()
        agent = new_test_user(
            self.env, "collect_agent", groups="somconnexio_base.group_telecom_agent"
        )
        with self.assertRaises(AccessError):
            run.with_user(agent).action_collect()

    def test_without_an_addon_that_draws_money_nothing_is_collected(self):
        run = self._go(self._create_run(), "deliver")
        self.assertEqual(run._collect_bills(), [])
        jobs = self.env["queue.job"].search([("method_name", "=", "_job_collect")])
        self.assertFalse(jobs)
