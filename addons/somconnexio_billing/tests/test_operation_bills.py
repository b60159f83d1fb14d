# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64
from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.somconnexio_base.tests.catalogue_common import CatalogueCommon

from .bill_run_common import BillRunCommon

DOCUMENTS = [{"name": "request.pdf", "content": base64.b64encode(b"x").decode()}]
IBAN = "ES9121000418450200051332"
NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))


@tagged("post_install", "-at_install")
class TestOperationBills(BillRunCommon):
    """Each operation, done in October by an agent, and the bill of October.

    Tariffs cost 10 and 20 a month, fibre 30, the add-on 5, the bond 3; October has 31
    days. One run bills them all.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = new_test_user(
            cls.env, "test_agent", "somconnexio_base.group_telecom_agent"
        )
        cls.ported = cls._ref("lifecycle_reason_ported_out")
        cls.withdrawal = cls._ref("lifecycle_reason_withdrawal")
        cls._set_up_suspension()
        cls.usage, cls.drawn_ids = [], []
        for name in dir(cls):
            if name.startswith("_case_"):
                getattr(cls, name)()
        cls.october = cls._go(cls._create_run(), "post")

    @classmethod
    def _set_up_suspension(cls):
        """Let a suspension for theft cost nothing."""
        cls.lost = cls._ref("lifecycle_reason_lost_or_stolen")
        cls.lost.suspension_discount_id = cls._create_offering(
            "Suspended",
            0,
            telecom_kind="discount",
            telecom_discount_type="percent",
            telecom_discount_percent=100,
            telecom_discount_scope="fees",
            taxes_id=cls.tax_21.ids,
        )

    @classmethod
    def _by_agent(cls, subscription):
        return subscription.with_user(cls.agent)

    def _bill(self, subscription):
        """Return the bill of October of a subscription's account."""
        return self._account(self.october, subscription).move_id

    @classmethod
    def _case_activation(cls):
        cls.activated = cls._create_subscriber(state="pending", start="2026-10-01")
        cls._by_agent(cls.activated).request_activation("2026-10-12")

    def test_activation_bills_its_20_days(self):
        # 10.00 × 20/31 = 6.4516
        self.assertEqual(self._lines(self.october, self.activated), [("fee", 20, 6.45)])

    @classmethod
    def _case_tariff(cls):
        cls.retariffed = cls._create_subscriber()
        cls._by_agent(cls.retariffed).request_tariff_change(
            cls.offering_mobile_large.id, "2026-10-12"
        )

    def test_change_of_tariff_bills_each_tariff_its_days(self):
        # 10.00 × 11/31 = 3.5484; 20.00 × 20/31 = 12.9032
        self.assertEqual(
            self._lines(self.october, self.retariffed),
            [("fee", 11, 3.55), ("fee", 20, 12.90)],
        )
        bill = self._bill(self.retariffed)
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (16.45, 3.45))

    @classmethod
    def _case_undone(cls):
        cls.undone = cls._create_subscriber()
        own = cls._by_agent(cls.undone)
        own.request_tariff_change(cls.offering_mobile_large.id, "2026-10-12")
        own.operation_ids.action_undo()

    def test_change_of_tariff_undone_bills_the_old_tariff_whole(self):
        self.assertEqual(self._lines(self.october, self.undone), [("fee", 31, 10.0)])

    @classmethod
    def _case_addon(cls):
        cls.extended = cls._create_subscriber()
        cls._by_agent(cls.extended).request_addon(cls.addon.id, "2026-10-21")

    def test_added_addon_bills_its_11_days(self):
        # 5.00 × 11/31 = 1.7742
        self.assertEqual(
            self._lines(self.october, self.extended),
            [("fee", 31, 10.0), ("fee", 11, 1.77)],
        )

    @classmethod
    def _case_addon_removed(cls):
        cls.reduced = cls._create_subscriber()
        own = cls._by_agent(cls.reduced)
        own.request_addon(cls.addon.id, "2026-09-01")
        own.request_addon_removal(cls.addon.id, "2026-10-11")

    def test_removed_addon_bills_its_10_days(self):
        # 5.00 × 10/31 = 1.6129
        self.assertEqual(
            self._lines(self.october, self.reduced),
            [("fee", 31, 10.0), ("fee", 10, 1.61)],
        )

    @classmethod
    def _case_bond(cls):
        cls.allowance = cls.env["telecom.allowance"].create(
            {
                "name": "1 GB more",
                "product_tmpl_id": cls.one_shot.product_tmpl_id.id,
                "usage_type_id": cls.env.ref("somconnexio_billing.usage_type_data").id,
                "quantity": 1073741824,
                "is_one_shot": True,
            }
        )
        cls.bonded = cls._create_subscriber()
        cls._by_agent(cls.bonded).request_bond(cls.one_shot.id, "2026-10-20", 2)

    def test_bond_is_charged_once_for_each_and_gives_what_it_includes(self):
        self.assertEqual(
            self._lines(self.october, self.bonded),
            [("fee", 31, 10.0), ("one_shot", 1, 6.0)],
        )
        grants = self.env["telecom.allowance.grant"].search(
            [("subscription_id", "=", self.bonded.id)]
        )
        self.assertEqual(grants.mapped("quantity"), [1073741824, 1073741824])
        self.assertEqual(str(grants[0].valid_from_at), "2026-10-19 22:00:00")

    def test_bond_on_a_bill_is_not_undone(self):
        with self.assertRaisesRegex(UserError, "is on a bill"):
            self._by_agent(self.bonded).operation_ids.action_undo()

    @classmethod
    def _case_holder(cls):
        cls.passed = cls._create_subscriber()
        cls.new_holder = cls._create_partner("Pere Pons", email="pere@example.org")
        cls._by_agent(cls.passed).request_holder_change(
            cls.new_holder.id,
            "2026-10-16",
            {"documents": DOCUMENTS, "iban": IBAN, "bill_email": "pere@example.org"},
        )
        cls.successor = cls.passed.operation_ids.new_subscription_id

    def test_change_of_holder_gives_the_old_one_a_last_bill_up_to_the_day_before(self):
        # 10.00 × 15/31 = 4.8387
        self.assertEqual(self._lines(self.october, self.passed), [("fee", 15, 4.84)])
        self.assertEqual(self._bill(self.passed).partner_id.name, "Maria Soler")

    def test_change_of_holder_bills_the_new_one_from_the_day_on(self):
        # 10.00 × 16/31 = 5.1613
        self.assertEqual(self._lines(self.october, self.successor), [("fee", 16, 5.16)])
        self.assertEqual(self._bill(self.successor).partner_id, self.new_holder)

    @classmethod
    def _case_address(cls):
        cls.moved = cls._create_subscriber()
        cls._by_agent(cls.moved).request_address_change(
            {"street": "Carrer Nou 1", "zip": "08001", "city": "Barcelona"},
            "2026-10-20",
        )

    def test_change_of_address_leaves_the_bill_as_it_is(self):
        self.assertEqual(self.moved.service_partner_id.street, "Carrer Nou 1")
        bill = self._bill(self.moved)
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (10.0, 2.1))

    @classmethod
    def _case_number_and_sim(cls):
        cls.renumbered = cls._create_subscriber()
        own = cls._by_agent(cls.renumbered)
        cls.number = cls._create_resource("msisdn")
        own.request_number_change(cls.number.id, "2026-10-20")
        own.request_sim_swap(cls._create_resource("iccid").id, "2026-10-20")

    def test_change_of_number_and_sim_bills_one_whole_fee_with_the_new_number(self):
        self.assertEqual(
            self._lines(self.october, self.renumbered), [("fee", 31, 10.0)]
        )
        line = self._bill(self.renumbered).invoice_line_ids
        self.assertIn(self.number.name, line.name)

    @classmethod
    def _case_payment(cls):
        cls.repaid = cls._create_subscriber()
        cls.account = cls.repaid.telecom_billing_account_id
        cls.account.with_user(cls.agent).request_payment_change(
            iban=IBAN, bill_email="other@example.org"
        )

    def test_change_of_payment_keeps_the_account_and_its_one_bill(self):
        bill = self._bill(self.repaid)
        self.assertEqual(bill.telecom_billing_account_id, self.account)
        self.assertEqual(bill.amount_untaxed, 10.0)
        self.assertEqual(self.account.bill_email, "other@example.org")
        self.assertEqual(self.account.collection_method, "direct_debit")

    @classmethod
    def _case_split(cls):
        cls.stayed = cls._create_subscriber(cls.offering_fibre)
        cls.split = cls._create_subscription(
            account=cls.stayed.telecom_billing_account_id, state="active"
        )
        cls._by_agent(cls.split).request_account_change(
            {"bill_email": "split@example.org"}, "2026-10-20"
        )

    def test_split_account_bills_each_subscription_once(self):
        self.assertEqual(self._bill(self.stayed).amount_untaxed, 30.0)
        self.assertEqual(self._bill(self.split).amount_untaxed, 10.0)
        self.assertNotEqual(self._bill(self.stayed), self._bill(self.split))

    @classmethod
    def _case_suspension(cls):
        cls.suspended = cls._create_subscriber()
        own = cls._by_agent(cls.suspended)
        own.request_suspension("lost_or_stolen", "2026-10-11")
        own.request_resumption("2026-10-21")
        cls.charged = cls._create_subscriber()
        cls._by_agent(cls.charged).request_suspension("fraud", "2026-10-11")

    def test_suspension_with_a_discount_costs_nothing_for_its_10_days(self):
        # 10.00 × 10/31 = 3.2258
        kinds = [
            (kind, amount)
            for kind, _d, amount in self._lines(self.october, self.suspended)
        ]
        self.assertEqual(kinds, [("fee", 10.0), ("percent_discount", -3.23)])
        self.assertEqual(self._bill(self.suspended).amount_untaxed, 6.77)

    def test_suspension_without_a_discount_is_charged(self):
        self.assertEqual(self._lines(self.october, self.charged), [("fee", 31, 10.0)])

    @classmethod
    def _case_termination(cls):
        cls.ended = cls._create_subscriber()
        cls._by_agent(cls.ended).request_termination(
            "ported_out", "2026-10-10", "Another operator"
        )

    def test_termination_bills_up_to_its_last_day(self):
        # 10.00 × 10/31 = 3.2258
        self.assertEqual(self._lines(self.october, self.ended), [("fee", 10, 3.23)])
        self.assertEqual(self.ended.destination_provider, "Another operator")

    @classmethod
    def _case_withdrawal(cls):
        installation = cls._create_offering(
            "Installation", 50, telecom_kind="one_shot", taxes_id=cls.tax_21.ids
        )
        installation.is_given_back_on_withdrawal = True
        cls.withdrawn = cls._create_subscriber(start="2026-10-05")
        own = cls._by_agent(cls.withdrawn)
        own.request_bond(installation.id, "2026-10-05")
        own.request_bond(cls.one_shot.id, "2026-10-06")
        own.request_termination("withdrawal", "2026-10-14")

    def test_withdrawal_bills_days_and_bond_used_but_no_installation(self):
        # 10.00 × 10/31 = 3.2258, and the bond
        self.assertEqual(
            self._lines(self.october, self.withdrawn),
            [("fee", 10, 3.23), ("one_shot", 1, 3.0)],
        )

    @classmethod
    def _case_withdrawal_of_whole_months(cls):
        whole = cls._create_offering("Whole months", 12, taxes_id=cls.tax_21.ids)
        whole.telecom_fee_proration = "full_month"
        cls.withdrawn_whole = cls._create_subscriber(whole, start="2026-10-05")
        own = cls._by_agent(cls.withdrawn_whole)
        own.request_termination("withdrawal", "2026-10-14")
        cls.ended_whole = cls._create_subscriber(whole, start="2026-10-05")
        own = cls._by_agent(cls.ended_whole)
        own.request_termination("ported_out", "2026-10-14")

    def test_withdrawal_from_whole_months_bills_the_days_alone(self):
        # 12.00 × 10/31 = 3.8710
        self.assertEqual(
            self._lines(self.october, self.withdrawn_whole), [("fee", 10, 3.87)]
        )
        self.assertEqual(
            self._lines(self.october, self.ended_whole), [("fee", 10, 12.0)]
        )

    @classmethod
    def _case_termination_cancelled(cls):
        cls.kept = cls._create_subscriber()
        own = cls._by_agent(cls.kept)
        own.request_termination("price", "2026-11-15")
        cls.planned_amount = cls._november(cls.kept)
        own.request_termination_cancel()

    @classmethod
    def _november(cls, subscription):
        account = subscription.telecom_billing_account_id
        result = account.preview_bill(*NOVEMBER, with_document=False)
        return result["amount_untaxed"]

    def test_cancelled_termination_bills_whole_months_again(self):
        # 10.00 × 15/30 while it was planned
        self.assertEqual(self.planned_amount, 5.0)
        self.assertEqual(self._november(self.kept), 10.0)
        self.assertEqual(self._lines(self.october, self.kept), [("fee", 31, 10.0)])

    def test_run_has_no_red_control_for_what_was_changed(self):
        self.assertEqual(self.october.state, "posted")
        held = self.october.account_ids.filtered(lambda own: own.state == "held")
        self.assertFalse(held)

    def test_change_within_a_billed_month_is_refused_with_the_way_out(self):
        with self.assertRaisesRegex(UserError, "billed up to 2026-11-01"):
            self._by_agent(self.charged).request_termination("ported_out", "2026-10-25")


@tagged("post_install", "-at_install")
class TestOperationForecast(BillRunCommon):
    """The preview says what the next bill has more or less."""

    def test_preview_of_a_tariff_change_has_the_difference_of_the_month(self):
        subscription = self._create_subscriber()
        preview = subscription.preview_operation(
            "change_offering",
            "2026-11-16",
            {"product_id": self.offering_mobile_large.id},
        )[0]
        # 10.00 × 15/30 + 20.00 × 15/30 instead of 10.00
        bill = preview["bills"][0]
        self.assertEqual(
            (bill["before"], bill["after"], bill["difference"]), (10.0, 15.0, 5.0)
        )
        self.assertEqual(
            (bill["period_from"], bill["period_until"]), ("2026-11-01", "2026-11-30")
        )
        lines = subscription.contract_line_ids
        self.assertEqual(len(lines), 1)
        self.assertFalse(lines.date_end)

    def test_preview_of_a_holder_change_has_the_bills_of_both(self):
        subscription = self._create_subscriber()
        partner = self._create_partner("Pere Pons")
        preview = subscription.preview_operation(
            "change_holder",
            "2026-11-11",
            {"partner_id": partner.id, "documents": DOCUMENTS, "iban": IBAN},
        )[0]
        # 10.00 × 10/30 and 10.00 × 20/30
        amounts = sorted(bill["after"] for bill in preview["bills"])
        self.assertEqual(amounts, [3.33, 6.67])
        self.assertFalse(partner.telecom_billing_account_ids)

    def test_withdrawal_after_the_bill_gives_back_what_it_charged(self):
        installation = self._create_offering(
            "Installation", 50, telecom_kind="one_shot", taxes_id=self.tax_21.ids
        )
        installation.is_given_back_on_withdrawal = True
        subscription = self._create_subscriber(start="2026-10-25")
        subscription.request_bond(installation.id, "2026-10-25")
        self._go(self._create_run(), "post")
        subscription.request_termination("withdrawal", "2026-11-03")
        account = subscription.telecom_billing_account_id
        # 10.00 × 3/30 of November, less the installation
        result = account.preview_bill(*NOVEMBER, with_document=False)
        self.assertEqual(result["amount_untaxed"], -49.0)

    def test_withdrawal_after_the_bill_gives_back_the_days_of_a_whole_month(self):
        whole = self._create_offering("Whole months", 12, taxes_id=self.tax_21.ids)
        whole.telecom_fee_proration = "full_month"
        subscription = self._create_subscriber(whole, start="2026-10-25")
        account = subscription.telecom_billing_account_id
        run = self._go(self._create_run(), "post")
        self.assertEqual(self._lines(run, subscription), [("fee", 7, 12.0)])
        subscription.request_termination("withdrawal", "2026-11-06")
        # Of November 12.00 × 6/30; of October 12.00 - 12.00 × 7/31 = 9.29 back
        result = account.preview_bill(*NOVEMBER, with_document=False)
        self.assertEqual(result["amount_untaxed"], -6.89)

    def test_withdrawal_from_whole_months_paid_in_advance_gives_back_the_rest(self):
        whole = self._create_offering("Whole months", 12, taxes_id=self.tax_21.ids)
        whole.write(
            {"telecom_fee_proration": "full_month", "telecom_fee_timing": "advance"}
        )
        subscription = self._create_subscriber(whole, start="2026-10-25")
        run = self._go(self._create_run(), "post")
        self.assertEqual(
            self._lines(run, subscription), [("fee", 7, 12.0), ("fee", 30, 12.0)]
        )
        subscription.request_termination("withdrawal", "2026-11-06")
        account = subscription.telecom_billing_account_id
        # Back: 12.00 - 12.00 × 7/31 = 9.29 and 12.00 - 12.00 × 6/30 = 9.60
        result = account.preview_bill(*NOVEMBER, with_document=False)
        self.assertEqual(result["amount_untaxed"], -18.89)

    def test_withdrawal_taken_back_is_owed_again(self):
        whole = self._create_offering("Whole months", 12, taxes_id=self.tax_21.ids)
        whole.telecom_fee_proration = "full_month"
        installation = self._create_offering(
            "Installation", 50, telecom_kind="one_shot", taxes_id=self.tax_21.ids
        )
        installation.is_given_back_on_withdrawal = True
        subscription = self._create_subscriber(whole, start="2026-10-25")
        self._go(self._create_run(), "post")
        subscription.request_bond(installation.id, "2026-11-02")
        account = subscription.telecom_billing_account_id
        before = account.preview_bill(*NOVEMBER, with_document=False)
        subscription.request_termination("withdrawal", "2026-11-06")
        subscription.request_termination_cancel()
        after = account.preview_bill(*NOVEMBER, with_document=False)
        self.assertEqual((before["amount_untaxed"], after["amount_untaxed"]), (62, 62))


@tagged("post_install", "-at_install")
class TestMoveToOtherTaxes(BillRunCommon):
    """Somebody moves from Barcelona to the Canary Islands on 16 November."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spain = cls.env.ref("base.es")
        cls.agent = new_test_user(
            cls.env, "test_agent", "somconnexio_base.group_telecom_agent"
        )
        cls.island = cls.env.ref("base.state_es_gc")
        others = cls.env["account.fiscal.position"].search([("auto_apply", "=", True)])
        others.auto_apply = False
        cls.position_igic.write(
            {
                "auto_apply": True,
                "country_id": spain.id,
                "state_ids": cls.island.ids,
                "sequence": 0,
            }
        )
        cls.subscription = cls._create_subscriber(name="Neus Roca")
        cls.holder = cls.subscription.partner_id
        cls.holder.write(
            {
                "country_id": spain.id,
                "state_id": cls.env.ref("base.state_es_b").id,
            }
        )
        cls.own = cls.subscription.with_user(cls.agent)

    def test_move_is_refused_with_the_way_out(self):
        island = {"street": "Triana 1", "city": "Las Palmas"}
        for place in ({"state_id": self.island.id}, {"zip": "35002"}):
            with (
                self.subTest(place),
                self.assertRaisesRegex(UserError, "Plan the termination"),
                self.cr.savepoint(),
            ):
                self.own.request_address_change({**island, **place})

    def test_way_out_keeps_the_number_and_taxes_each_day_where_it_was(self):
        self.own.request_termination("moved_house", "2026-11-15")
        new = self._open_on_the_island()
        new.request_activation("2026-11-16")
        with freeze_time("2026-11-16 06:00:00"):
            self._run_cron("cron_subscription_calendar")
            self._run_cron("cron_operation")
        self.assertEqual(
            (self.subscription.telecom_state, new.telecom_state),
            ("terminated", "active"),
        )
        numbers = self.subscription.assignment_ids.resource_id
        self.assertEqual(new.assignment_ids.resource_id, numbers)
        self.assertEqual(set(numbers.mapped("state")), {"active"})
        with freeze_time("2026-12-02 08:00:00"):
            run = self._create_run(period_start="2026-11-01")
            bill = self._go(run, "post").move_ids
        # 10.00 × 15/30 at 21 % and as much at 7 %
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (10.0, 1.4))

    def _open_on_the_island(self):
        """Return the agent's new subscription, with the numbers of the old one."""
        address = self.env["res.partner"].create(
            {
                "name": self.holder.name,
                "parent_id": self.holder.id,
                "type": "other",
                "street": "Triana 1",
                "city": "Las Palmas",
                "state_id": self.island.id,
                "country_id": self.island.country_id.id,
            }
        )
        new = self.own.create(
            {
                "telecom_service_type_id": self.own.telecom_service_type_id.id,
                "telecom_billing_account_id": self.own.telecom_billing_account_id.id,
                "service_partner_id": address.id,
                "contract_line_ids": [
                    Command.create(
                        {
                            "product_id": self.offering_mobile.id,
                            "date_start": "2026-11-16",
                        }
                    )
                ],
            }
        )
        self.env["telecom.resource.assignment"].with_user(self.agent).create(
            [
                {
                    "subscription_id": new.id,
                    "resource_id": resource.id,
                    "start_at": "2026-11-15 23:00:00",
                }
                for resource in self.subscription.assignment_ids.resource_id
            ]
        )
        return new


@tagged("post_install", "-at_install")
class TestPackHolderChangeBills(CatalogueCommon, BillRunCommon):
    """A fibre and a mobile in a pack go over to somebody else on 20 October."""

    def test_each_holder_pays_their_days_of_each_service_of_the_pack(self):
        self.pack_1.taxes_id = self.tax_21
        type(self).account = self._create_billing_account()
        line, mobile = self._create_member(self.fibre), self._create_member()
        (line | mobile).join_pack(self.pack, date(2026, 9, 1))
        pere = self._create_partner("Pere Pons", email="pere@example.org")
        mobile.request_holder_change(
            pere.id, "2026-10-20", {"documents": DOCUMENTS, "is_whole_pack": True}
        )
        run = self._go(self._create_run(), "post")
        bills = {
            move.partner_id: (move.amount_untaxed, move.amount_tax)
            for move in run.move_ids
        }
        # 30.00 × 19/31 + 8.00 × 19/31; 30.00 × 12/31 + 8.00 × 12/31
        self.assertEqual(bills, {self.partner: (23.29, 4.89), pere: (14.71, 3.09)})
