# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import HttpCase, new_test_user, tagged

from .bank_common import BankCommon


@tagged("post_install", "-at_install")
class TestBankTour(HttpCase, BankCommon):
    """The accountant uploads files, looks at what waits, and allocates it."""

    def test_accountant_uploads_files_and_allocates_what_waits(self):
        named = self._create_bill(self.payer, 10)
        named.payment_reference = "TOURBILL77"
        bill = self._create_bill(self._create_payer("Tour Payer"), 24.2)
        accountant = new_test_user(
            self.env,
            "tour_accountant",
            "somconnexio_base.group_telecom_accountant",
            lang="en_US",
        )
        self.start_tour(
            "/odoo/telecom-subscriptions",
            "somconnexio_payments_bank_file",
            login=accountant.login,
        )
        self.assertEqual((named.amount_residual, bill.amount_residual), (0, 0))
        part = self.env["telecom.bank.transaction"].search(
            [("remittance", "like", "TOUR UNKNOWN")]
        )
        self.assertEqual((part.state, part.decided_by_id), ("by_hand", accountant))
