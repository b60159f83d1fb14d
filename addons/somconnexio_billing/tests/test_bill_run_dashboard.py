# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import tagged

from .bill_run_common import BillRunCommon


@tagged("post_install", "-at_install")
class TestBillRunDashboard(BillRunCommon):
    """Each number of a run's screen leads to the rows that make it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.subscription = cls._create_subscriber()

    def _found(self, action):
        return self.env[action["res_model"]].search(action["domain"])

    def test_steps_tell_their_part_of_the_time_and_open_their_rows(self):
        self._add_usage(self.subscription, "1", "0")
        run = self._go(self._create_run(), "post")
        run.step_ids.filtered(lambda s: s.code == "rate").seconds = 3
        run.step_ids.filtered(lambda s: s.code == "check").seconds = 1
        (run.step_ids - run.step_ids.filtered(lambda s: s.seconds >= 1)).seconds = 0
        by_code = {step.code: step for step in run.step_ids}
        self.assertEqual(run.total_seconds, 4)
        self.assertEqual((by_code["rate"].share, by_code["check"].share), (75, 25))
        self.assertEqual(round(by_code["rate"].rows_per_second, 2), 0.67)
        self.assertEqual(len(self._found(by_code["rate"].action_view_rows())), 2)
        self.assertEqual(len(self._found(by_code["preview"].action_view_rows())), 2)
        self.assertEqual(self._found(by_code["post"].action_view_rows()), run.move_ids)
        self.assertFalse(self._found(by_code["check"].action_view_rows()))

    def test_charged_usage_is_what_costs_something(self):
        self._add_usage(self.subscription, "1", "0")
        run = self._go(self._create_run(), "rate")
        self.assertEqual(len(self._found(run.action_view_charged_usage())), 1)
        self.assertFalse(self._found(run.action_view_rejections()))
        self.assertFalse(self._found(run.action_view_suspended()))

    def test_total_is_compared_with_the_month_before(self):
        september = self._go(self._create_run(period_start="2026-09-01"), "post")
        self._add_usage(self.subscription, "1")
        run = self._go(self._create_run(), "preview")
        self.assertEqual(run.earlier_run_id, september)
        self.assertEqual((run.earlier_total, run.amount_total), (12.1, 13.31))
        self.assertEqual(round(run.earlier_change, 1), 10.0)
