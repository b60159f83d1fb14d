# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, new_test_user, tagged

from .dunning_common import DunningCommon


@tagged("post_install", "-at_install")
class TestDunningTour(HttpCase, DunningCommon):
    """The accountant's morning: list, read, hold one, carry out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(
            cls.env,
            "tour_accountant",
            "somconnexio_base.group_telecom_accountant",
            lang="en_US",
        )
        # Whatever else the database has overdue is of no policy.
        cls.env["telecom.dunning.policy"].search([]).active = False
        cls.policy.write({"active": True, "partner_kind": "company"})
        cls.held, cls.reminded = (
            cls._create_payer(name) for name in ("Tour Held", "Tour Reminded")
        )
        for payer in (cls.held, cls.reminded):
            payer.partner_id.telecom_partner_kind = "company"
            cls._create_bill(payer, 30, "2026-10-01", "2026-10-05")

    def test_accountant_reads_the_list_holds_one_and_carries_it_out(self):
        self.start_tour(
            "/odoo/dunning-runs",
            "somconnexio_payments_dunning_run",
            login="tour_accountant",
        )
        held, reminded = self.held.dunning_case_ids, self.reminded.dunning_case_ids
        self.assertEqual(held.hold_reason, "Promised to pay on Friday")
        self.assertFalse(held.step_id)
        self.assertEqual(reminded.step_id, self._step("reminder"))
