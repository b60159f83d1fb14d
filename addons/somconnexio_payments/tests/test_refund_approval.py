# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""No single person sends the money of a refund to an account of their choice."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.somconnexio_base.tests.common import NOW

from .desk_common import DeskCommon
from .payments_common import IBANS


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRefundApproval(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["telecom.notice.kind"].search([]).channel_plan = "mail"

    def _refund(self, iban=IBANS[0]):
        """Return a refund that one accountant wrote down."""
        leaving = self._left_member(iban=iban)
        self._as("accountant", leaving).action_refund()
        return leaving.telecom_refund_ids

    def _second(self, record):
        return record.with_user(self.second)

    def _approve(self, refund):
        refund = self._second(refund)
        refund.is_iban_confirmed = True
        refund.action_approve()

    def test_who_wrote_the_account_down_lately_does_not_approve(self):
        refund = self._refund()
        # Bank accounts are written by who may write contacts; one person may be both.
        self.second.group_ids += self.env.ref("base.group_partner_manager")
        self._second(refund.partner_bank_id).acc_number = IBANS[2]
        with self.assertRaisesRegex(UserError, "you chose its account"):
            self._approve(refund)
        self._as("admin", refund).is_iban_confirmed = True
        self._as("admin", refund).action_approve()
        self.assertEqual(refund.approved_iban, IBANS[2])

    def test_who_chose_the_account_does_not_approve(self):
        refund = self._refund(iban=None)
        account = self._create_bank_account(refund.partner_id, IBANS[2])
        self._age(account)
        self._second(refund).partner_bank_id = account
        self.assertEqual(refund.account_user_id, self.second)
        with self.assertRaisesRegex(UserError, "you chose its account"):
            self._approve(refund)

    def test_when_an_account_changed_is_not_written_by_people(self):
        account = self._refund().partner_bank_id
        self.second.group_ids += self.env.ref("base.group_partner_manager")
        account.acc_number = IBANS[2]
        for name, value in (
            ("telecom_number_changed_at", "2020-01-01 00:00:00"),
            ("telecom_number_changed_by_id", self.second.id),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, "by whom"):
                self._second(account).write({name: value})

    def _ordered(self):
        refund = self._refund()
        self._second(refund).action_approve()
        self._as("accountant", refund).action_order()
        return refund

    def test_transfer_that_is_not_as_approved_gets_no_file_and_is_not_sent(self):
        refund = self._ordered()
        order = self._as("accountant", refund.order_id)
        stranger = self._create_partner("Somebody else")
        account = self._create_bank_account(stranger, IBANS[3])
        for vals in ({"amount": 900}, {"partner_bank_id": account.id}):
            with self.subTest(vals), self.cr.savepoint() as savepoint:
                refund.payment_id.write(vals)
                for step in (order.generate_payment_file, order.generated2uploaded):
                    with self.assertRaisesRegex(UserError, "not what was approved"):
                        step()
                savepoint.rollback()
                self.env.invalidate_all()

    def test_file_that_was_altered_is_not_sent(self):
        refund = self._ordered()
        order = self._as("accountant", refund.order_id)
        with self.assertRaisesRegex(UserError, "kept as proof"):
            order.payment_file_id.raw = b"<other/>"
        refund.order_id.payment_file_id.raw = b"<other/>"
        with self.assertRaisesRegex(UserError, "not what was approved"):
            order.generated2uploaded()
        self.assertEqual(refund.state, "ordered")

    def test_transfer_of_another_company_that_came_back_is_not_ours(self):
        refund = self._ordered()
        refund.order_id.generated2uploaded()
        other = self.env["res.company"].create({"name": "Other"})
        Refund = self.env["telecom.refund"].with_context(
            allowed_company_ids=(self.company | other).ids
        )
        self.assertFalse(Refund._came_back(other, refund.name, "AC04"))
        self.assertEqual(refund.state, "sent")
        self.assertEqual(Refund._came_back(self.company, refund.name, "AC04"), refund)
        self.assertEqual(refund.state, "failed")
