# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .bank_common import BankCommon
from .dunning_common import DunningCommon
from .online_common import OnlineMixin
from .payments_common import IBANS


@tagged("post_install", "-at_install")
@freeze_time("2026-11-06 10:00:00")
class TestDunningWays(BankCommon, DunningCommon, OnlineMixin):
    """Whatever the way by which the money arrives, the service is back with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_provider()
        cls.bill = cls._create_service_bill({cls.mobile: 30})
        cls._reach_suspension()

    def setUp(self):
        super().setUp()
        self.assertEqual(self.mobile.telecom_state, "suspended")

    def _check_restored(self):
        self.assertEqual(self.bill.amount_residual, 0)
        self.assertEqual(self.mobile.telecom_state, "active")
        self.assertEqual(self._case().state, "clear")
        self.assertEqual(len(self._told("service_restored")), 1)

    def test_transfer_in_a_file_of_the_bank(self):
        day = date(2026, 11, 6)
        movement = self._movement("30.00", self.bill.name, day=day)
        self._book(movement, day=day)
        self._check_restored()

    def test_debit_that_was_asked_for_again(self):
        payer = self.account.partner_id
        self.account.write(
            {
                "collection_method": "direct_debit",
                "partner_bank_id": self._create_bank_account(payer, IBANS[2]).id,
            }
        )
        self._create_mandate(self.account)
        self.bill.action_debit_again()
        run = self._create_run(cutoff_date="2026-11-30")
        self.assertEqual(run.line_ids.debit_move_id, self.bill)
        self._bring_to(run, "filed")
        # On its way is not there yet.
        self.assertEqual(self.mobile.telecom_state, "suspended")
        run.action_sent()
        run.slice_ids._job_book()
        self._check_restored()

    @mute_logger("odoo.addons.payment.models.payment_transaction")
    def test_card_by_the_link_of_the_account(self):
        self._tell(self._begin(self.account), "done")
        self._check_restored()
