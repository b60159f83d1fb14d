# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The 360° view of a customer with the usage of the month."""

from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from .rating_common import RatingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 02:30:00")
class TestCustomerSummary(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.60")
        cls._create_allowance(600)
        cls._add_event(540)
        cls._rate()
        cls.users = {
            role: new_test_user(
                cls.env, f"test_{role}", f"somconnexio_base.group_telecom_{role}"
            )
            for role in ("agent", "technician")
        }

    def _sections(self, role="agent"):
        partner = self.subscription.partner_id.with_user(self.users[role])
        return {part["code"]: part for part in partner.customer_summary()["sections"]}

    def test_usage_of_the_month_and_what_is_left_is_shown(self):
        usage, allowance = self._sections()["usage"]["rows"]
        self.assertEqual(usage["id"], self.subscription.id)
        self.assertIn("9", usage["cells"][2])
        self.assertIn("10", allowance["cells"][3])
        self.assertEqual(allowance["level"], "warning")

    def test_technician_sees_neither_usage_nor_bills(self):
        self.assertFalse({"usage", "bills"} & self._sections("technician").keys())

    def test_more_usage_takes_no_more_queries(self):
        def read():
            self.env.invalidate_all()
            self._sections()

        read()
        few = self._count_queries(read)
        for number in range(5):
            self._add_event(60 + number)
        self._rate()
        self.assertEqual(self._count_queries(read), few)
