# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NOW, START_DATE, TODAY, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestSubscriptionCompletion(SomconnexioCommon):
    def test_subscription_takes_holder_and_company_from_its_account(self):
        account = self._create_billing_account()
        subscription = self.env["contract.contract"].create(
            {
                "telecom_service_type_id": self.type_mobile.id,
                "telecom_billing_account_id": account.id,
            }
        )
        self.assertEqual(subscription.partner_id, self.partner)
        self.assertEqual(subscription.invoice_partner_id, self.partner)
        self.assertEqual(subscription.company_id, account.company_id)

    def test_subscription_is_pending_coded_named_and_telecom(self):
        subscription = self._create_subscription(with_resources=False)
        self.assertTrue(subscription.is_telecom)
        self.assertEqual(subscription.telecom_state, "pending")
        self.assertRegex(subscription.code, r"^SU\d{6}$")
        self.assertEqual(subscription.name, self.type_mobile.name)
        self.assertTrue(subscription.line_recurrence)

    @mute_logger("odoo.sql_db")
    def test_same_code_twice_in_a_company_is_refused(self):
        subscription = self._create_subscription(with_resources=False)
        with self.assertRaisesRegex(IntegrityError, "telecom_code_unique"):
            self._create_subscription(with_resources=False, code=subscription.code)

    def test_history_begins_on_the_date_of_the_contract(self):
        subscription = self._create_subscription(date="2026-08-20")
        self.assertEqual(str(subscription.transition_ids.effective_date), "2026-08-20")

    def test_contract_without_service_type_is_left_alone(self):
        contract = self.env["contract.contract"].create(
            {"name": "Rent", "partner_id": self.partner.id}
        )
        self.assertFalse(contract.is_telecom)
        self.assertFalse(contract.telecom_state)
        self.assertFalse(contract.code)
        self.assertFalse(contract.transition_ids)
        self.assertTrue(contract.modification_ids)

    def test_contract_that_gets_a_service_type_becomes_a_pending_subscription(self):
        contract = self.env["contract.contract"].create(
            {"name": "Line", "partner_id": self.partner.id}
        )
        contract.telecom_service_type_id = self.type_mobile
        self.assertEqual(contract.telecom_state, "pending")
        self.assertEqual(contract.transition_ids.to_state, "pending")

    def test_state_cannot_be_written(self):
        subscription = self._create_subscription()
        with self.assertRaisesRegex(UserError, "activate, suspend"):
            subscription.write({"telecom_state": "active"})

    def test_running_subscriptions_can_be_taken_over(self):
        subscription = self._create_subscription(
            with_resources=False, telecom_state="active", activation_date=START_DATE
        )
        self.assertEqual(subscription.telecom_state, "active")
        row = subscription.transition_ids
        self.assertEqual((row.from_state, row.to_state), (False, "active"))
        self.assertEqual(str(row.effective_date), START_DATE)

    def test_service_type_of_a_subscription_in_service_is_kept(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, subscription.code):
            subscription.telecom_service_type_id = self.type_fibre

    def test_subscription_in_service_is_not_deleted(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "kept as history"):
            subscription.unlink()

    def test_pending_subscription_without_resources_may_be_deleted(self):
        subscription = self._create_subscription(with_resources=False)
        subscription.unlink()
        self.assertFalse(subscription.exists())

    def test_subscription_is_found_by_number_code_name_and_nif(self):
        partner = self._create_partner("Jordi Ferrer", vat="ES40001111V")
        account = self._create_billing_account(partner)
        subscription = self._create_subscription(account=account, msisdn="612345678")
        numbers = ("612 34 56", "+34612345678")
        for typed in (*numbers, subscription.code, "Jordi", "40001111"):
            with self.subTest(typed):
                found = self.env["contract.contract"].name_search(typed)
                self.assertEqual([i for i, _name in found], [subscription.id])

    def test_subscription_is_shown_by_code_and_number(self):
        subscription = self._create_subscription(msisdn="612345678")
        self.assertEqual(
            subscription.display_name, f"{subscription.code} · +34 612 34 56 78"
        )

    def test_city_is_that_of_the_service_address_else_of_the_holder(self):
        self.partner.city = "Vic"
        subscription = self._create_subscription()
        self.assertEqual(subscription.service_city, "Vic")
        flat = self._create_partner("Flat", type="other", city="l'Escala")
        subscription.service_partner_id = flat
        self.assertEqual(subscription.service_city, "l'Escala")

    def test_oca_invoicing_leaves_pending_subscriptions_out(self):
        pending = self._create_subscription()
        active = self._create_subscription(state="active")
        Contract = self.env["contract.contract"]
        due = Contract.search(Contract._get_contracts_to_invoice_domain())
        self.assertIn(active, due)
        self.assertNotIn(pending, due)

    def test_form_creates_a_subscription_with_its_tariff_at_the_listed_price(self):
        account = self._create_billing_account()
        form = Form(
            self.env["contract.contract"].with_context(
                default_contract_type="sale", default_line_recurrence=True
            ),
            view="somconnexio_base.view_telecom_subscription_form",
        )
        form.telecom_billing_account_id = account
        form.telecom_service_type_id = self.type_mobile
        with form.contract_line_ids.new() as line:
            line.product_id = self.offering_mobile
        subscription = form.save()
        line = subscription.contract_line_ids
        self.assertEqual(subscription.partner_id, self.partner)
        self.assertEqual(line.price_unit, 10)
        self.assertEqual(line.name, "Mobile small")
        self.assertEqual(str(line.date_start), TODAY)
        self.assertEqual(line.telecom_line_kind, "tariff")

    def test_opened_record_shows_the_form_of_subscriptions(self):
        subscription = self._create_subscription(with_resources=False)
        contract = self.env["contract.contract"].create(
            {"name": "Rent", "partner_id": self.partner.id}
        )
        own_form = self._ref("view_telecom_subscription_form").id
        self.assertEqual(subscription.get_formview_id(), own_form)
        self.assertNotEqual(contract.get_formview_id(), own_form)

    def test_copy_is_pending_with_its_own_code_and_the_lines_in_force(self):
        subscription = self._create_subscription(state="active")
        subscription.change_offering(self.offering_mobile_large, "2026-10-10")
        subscription.contract_line_ids.create(
            {"contract_id": subscription.id, "product_id": self.one_shot.id}
        )
        copied = subscription.copy()
        self.assertNotEqual(copied.code, subscription.code)
        self.assertEqual(copied.telecom_state, "pending")
        line = copied.contract_line_ids
        self.assertEqual(line.product_id, self.offering_mobile_large)
        self.assertEqual((str(line.date_start), line.date_end), (TODAY, False))
