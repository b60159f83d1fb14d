# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .operation_common import DOCUMENTS, IBAN, OTHER_IBAN, OperationCommon

NEXT_MONTH = "2026-11-01"


@tagged("post_install", "-at_install")
class TestOperationCarryingOut(OperationCommon):
    """What each operation leaves behind, done today and planned for a day."""

    def _run_planned(self, now="2026-11-01 05:00:00"):
        self._run_cron("cron_operation", now=now)

    def test_change_of_tariff_is_laid_down_and_done_on_its_day(self):
        operation = self._operations(
            self.subscription.request_tariff_change(self.offering_mobile_large.id)
        )
        self.assertEqual(
            (operation.state, str(operation.execute_date)), ("planned", NEXT_MONTH)
        )
        self.assertEqual(
            self._lines(),
            [
                ("Mobile small", "2026-09-01", "2026-10-31"),
                ("Mobile large", NEXT_MONTH, False),
            ],
        )
        self._run_planned()
        self.assertEqual(operation.state, "done")
        self.assertEqual(len(self._lines()), 2)

    def test_change_to_the_tariff_in_force_is_refused(self):
        with self.assertRaisesRegex(
            UserError, "has Mobile small on 2026-10-15 already"
        ):
            self.subscription.request_tariff_change(self.offering_mobile.id, "now")

    def test_activation_is_done_on_its_day(self):
        pending = self._create_subscription()
        operation = self._operations(pending.request_activation("2026-10-20"))
        self.assertEqual(pending.telecom_state, "pending")
        self._run_planned("2026-10-19 23:00:00")
        self.assertEqual(operation.state, "done")
        self.assertEqual(str(pending.activation_date), "2026-10-20")

    def test_addon_is_added_and_removed_by_days(self):
        self.subscription.request_addon(self.addon.id, "2026-10-10", quantity=2)
        self.assertEqual(self.subscription.contract_line_ids[-1:].quantity, 2)
        with (
            self.assertRaisesRegex(UserError, "has Fixed IP already"),
            self.cr.savepoint(),
        ):
            self.subscription.request_addon(self.addon.id)
        self.subscription.request_addon_removal(self.addon.id)
        self.assertEqual(self._lines()[1], ("Fixed IP", "2026-10-10", "2026-10-31"))

    def test_addon_that_is_not_there_cannot_be_removed(self):
        with self.assertRaisesRegex(UserError, "has no Fixed IP on 2026-11-01"):
            self.subscription.request_addon_removal(self.addon.id)

    def test_bond_is_a_charge_of_one_day(self):
        self.subscription.request_bond(self.one_shot.id)
        self.assertEqual(self._lines()[1], ("1 GB", "2026-10-15", "2026-10-15"))

    def test_product_of_another_kind_is_refused(self):
        with self.assertRaisesRegex(UserError, "not of the kind Add-on"):
            self.subscription.request_addon(self.one_shot.id)

    def test_change_of_number_lets_the_old_one_rest_from_the_same_instant(self):
        old = self._held().resource_id
        new = self._create_resource("msisdn", "34612000001")
        self.subscription.request_number_change("612000001")
        before, after = self._held()
        self.assertEqual(
            (before.end_at, after.start_at), (after.start_at, before.end_at)
        )
        self.assertEqual((old.state, new.state), ("quarantine", "active"))
        self.assertEqual(self.subscription.main_resource_name, "34612000001")

    def test_planned_change_of_number_waits_and_begins_at_midnight(self):
        new = self._create_resource("msisdn")
        self.subscription.request_number_change(new.id, "2026-10-20")
        self.assertEqual(len(self._held()), 1)
        self._run_planned("2026-10-20 03:00:00")
        self.assertEqual(str(self._held()[1].start_at), "2026-10-19 22:00:00")

    def test_number_of_a_planned_change_is_promised_to_nobody_else(self):
        new = self._create_resource("msisdn")
        operation = self._operations(
            self.subscription.request_number_change(new.id, "2026-10-20")
        )
        self.assertEqual((new.state, new.reserved_for_id), ("reserved", self.partner))
        other = self._create_subscription(state="active")
        with (
            self.assertRaisesRegex(UserError, "Change of number .* is pending"),
            self.cr.savepoint(),
        ):
            other.request_number_change(new.id, "2026-10-21")
        operation.action_cancel()
        self.assertEqual(new.state, "available")

    def test_number_of_another_subscription_is_refused(self):
        other = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "is held by"):
            self.subscription.request_number_change(self._held(other).resource_id.id)

    def test_sim_instead_of_a_lost_one_ends_the_suspension_for_the_loss(self):
        self.subscription.request_suspension("lost_or_stolen")
        sim = self._create_resource("iccid")
        operation = self._operations(
            self.subscription.request_sim_swap(sim.id, is_lost=True)
        )
        self.assertEqual(self.subscription.telecom_state, "active")
        self.assertEqual(self._held(kind="iccid")[-1:].resource_id, sim)
        with self.assertRaisesRegex(UserError, "lost"):
            operation.action_undo()

    def test_change_of_address_adds_a_contact_of_the_holder(self):
        self.subscription.request_address_change(
            {"street": "Carrer Nou 1", "zip": "08001", "city": "Barcelona"}
        )
        address = self.subscription.service_partner_id
        self.assertEqual(address.parent_id, self.partner)
        self.assertEqual(self.subscription.service_city, "Barcelona")

    def test_province_of_an_address_is_read_within_its_country(self):
        for country, province in (("ES", "base.state_es_b"), ("AR", "base.state_ar_b")):
            with self.subTest(country):
                terms = {"state_id": "B", "country_id": country}
                read = self.Operation._read_terms(terms)
                self.assertEqual(read["state_id"], self.env.ref(province).id)
        self.subscription.request_address_change(
            {"street": "x", "city": "y", "zip": "08001", "country_id": "ES"}
        )
        address = self.subscription.service_partner_id
        self.assertEqual(address.state_id, self.env.ref("base.state_es_b"))

    def test_change_of_address_swaps_the_access_line(self):
        fibre = self._create_subscription(self.offering_fibre, state="active")
        line = self._create_resource("fibre_line")
        fibre.request_address_change(
            {"street": "Carrer Nou 1", "city": "Girona", "resource_id": line.id}
        )
        held = self._held(fibre, "fibre_line")
        self.assertEqual(held[-1:].resource_id, line)
        self.assertEqual(held[0].resource_id.state, "available")

    def test_address_of_somebody_else_is_refused(self):
        with self.assertRaisesRegex(UserError, "no address of Maria Soler"):
            self.subscription.request_address_change(
                {"service_partner_id": self.new_holder.id}
            )

    def test_iban_of_a_whole_account_is_changed_in_place(self):
        self.account.request_payment_change(iban="ES91 2100 0418 4502 0005 1332")
        self.assertEqual(self.account.partner_bank_id.sanitized_acc_number, IBAN)
        self.assertEqual(self.account.collection_method, "direct_debit")
        self.assertEqual(self.subscription.telecom_billing_account_id, self.account)

    def test_iban_that_is_none_is_refused(self):
        with self.assertRaisesRegex(UserError, "not a valid IBAN"):
            self.account.request_payment_change(iban="ES9121000418450200051333")

    def test_iban_of_one_of_two_subscriptions_splits_the_account(self):
        other = self._create_subscription(account=self.account, state="active")
        self.subscription.request_account_change({"iban": IBAN})
        new = self.subscription.telecom_billing_account_id
        self.assertNotEqual(new, self.account)
        self.assertEqual(other.telecom_billing_account_id, self.account)
        self.assertEqual(new.partner_bank_id.sanitized_acc_number, IBAN)
        self.assertEqual(new.bill_email, self.account.bill_email)
        other.request_account_change({"iban": IBAN})
        self.assertEqual(other.telecom_billing_account_id, new)

    def test_iban_of_the_only_subscription_changes_its_account(self):
        self.subscription.request_account_change({"iban": OTHER_IBAN})
        self.assertEqual(self.subscription.telecom_billing_account_id, self.account)
        self.assertEqual(self.account.partner_bank_id.sanitized_acc_number, OTHER_IBAN)

    def test_change_of_holder_ends_one_subscription_and_begins_another(self):
        self.subscription.request_addon(self.addon.id, "2026-10-01")
        number = self._held().resource_id
        operation = self._operations(
            self.subscription.request_holder_change(
                self.new_holder.id, terms={"documents": DOCUMENTS, "iban": IBAN}
            )
        )
        new = operation.new_subscription_id
        self.assertEqual(self.subscription.telecom_state, "terminated")
        self.assertEqual(str(self.subscription.termination_date), "2026-10-14")
        self.assertEqual(new.telecom_state, "active")
        self.assertEqual(new.partner_id, self.new_holder)
        self.assertEqual(new.telecom_billing_account_id.partner_id, self.new_holder)
        self.assertEqual(
            self._lines(new),
            [
                ("Mobile small", "2026-10-15", False),
                ("Fixed IP", "2026-10-15", False),
            ],
        )
        self.assertEqual(self._held(new).resource_id, number)
        self.assertEqual(number.state, "active")
        self.assertEqual(operation.attachment_ids.res_id, operation.id)

    def test_change_of_holder_without_documents_is_refused(self):
        with self.assertRaisesRegex(UserError, "there are 0 of 1"):
            self.subscription.request_holder_change(self.new_holder.id)

    def test_new_holder_who_is_no_member_is_refused_where_members_only_are_served(self):
        self.company.cooperative_requires_membership = True
        with self.assertRaisesRegex(UserError, "Pere Pons is no member"):
            self.subscription.request_holder_change(
                self.new_holder.id, terms={"documents": DOCUMENTS}
            )

    def test_planned_change_of_holder_is_done_on_its_day(self):
        operation = self._operations(
            self.subscription.request_holder_change(
                self.new_holder.id, "next_month", {"documents": DOCUMENTS}
            )
        )
        self.assertEqual(self.subscription.telecom_state, "active")
        self.assertTrue(operation.preview["changes"])
        self._run_planned()
        self.assertEqual(operation.state, "done")
        self.assertEqual(str(self.subscription.termination_date), "2026-10-31")
        self.assertEqual(str(operation.new_subscription_id.activation_date), NEXT_MONTH)

    def test_line_of_fibre_stays_where_it_is_whoever_holds_it(self):
        fibre = self._create_subscription(self.offering_fibre, state="active")
        self.partner.write({"street": "Carrer Vell 3", "city": "Vic"})
        operation = self._operations(
            fibre.request_holder_change(
                self.new_holder.id, terms={"documents": DOCUMENTS}
            )
        )
        address = operation.new_subscription_id.service_partner_id
        self.assertEqual(
            (address.parent_id, address.street), (self.new_holder, "Carrer Vell 3")
        )

    def test_termination_before_the_notice_is_over_is_refused(self):
        with self.assertRaisesRegex(UserError, "notice period ends on 2026-10-17"):
            self.subscription.request_termination("price", "2026-10-16")
        self.subscription.request_termination("ported_out", "2026-10-15")
        self.assertEqual(self.subscription.telecom_state, "terminated")

    def test_planned_termination_is_done_by_either_scheduler(self):
        second = self._create_subscription(state="active")
        operations = self._operations(
            (self.subscription | second).request_termination("price", "2026-10-31")
        )
        self.assertEqual(operations.mapped("state"), ["planned", "planned"])
        with freeze_time("2026-10-31 05:00:00"):
            self.subscription._terminate_as_planned()
        self._run_planned("2026-10-31 06:00:00")
        self.assertEqual(operations.mapped("state"), ["done", "done"])
        self.assertEqual(second.telecom_state, "terminated")
        self.assertEqual(len(self._history(second)), 3)

    def test_withdrawal_is_only_for_consumers_within_14_days(self):
        young = self._create_subscription(state="active", start="2026-10-02")
        with self.assertRaisesRegex(UserError, "ended on 2026-09-15"):
            self.subscription.request_termination("withdrawal", "2026-10-15")
        with self.assertRaisesRegex(UserError, "ended on 2026-10-16"):
            young.request_termination("withdrawal", "2026-10-17")
        young.request_termination("withdrawal", "2026-10-15")
        self.assertEqual(young.telecom_state, "terminated")
        self.new_holder.is_company = True
        company = self._create_subscription(
            account=self._create_billing_account(self.new_holder),
            state="active",
            start="2026-10-10",
        )
        with self.assertRaisesRegex(UserError, "is no consumer"):
            company.request_termination("withdrawal", "2026-10-15")

    def test_operation_that_fails_on_its_day_says_why_and_the_others_go_on(self):
        pending = self._create_subscription(with_resources=False)
        failing = self._operations(pending.request_activation("2026-10-20"))
        other = self._create_subscription()
        fine = self._operations(other.request_activation("2026-10-20"))
        self._run_planned("2026-10-20 05:00:00")
        self.assertEqual((failing.state, fine.state), ("failed", "done"))
        self.assertIn("needs Mobile number, SIM card", failing.failure)
        self.assertEqual(failing.activity_ids.user_id, self.env.ref("base.user_admin"))
        self.assertEqual(pending.telecom_state, "pending")
        self._assign_needed(pending, "2026-10-01")
        with freeze_time("2026-10-21 05:00:00"):
            failing.action_retry()
        self.assertEqual(failing.state, "done")
        self.assertFalse(failing.activity_ids)

    def test_only_what_is_due_is_done(self):
        pending = self._create_subscription()
        operation = self._operations(pending.request_activation("2026-10-20"))
        self._run_planned("2026-10-19 05:00:00")
        self.assertEqual(operation.state, "planned")


@tagged("post_install", "-at_install")
class TestOperationQueries(OperationCommon):
    """What the scheduler does costs so many queries an operation, however many."""

    #: Each is a transaction of its own: lock, checks, lines, notice, trace, webhooks.
    MOST_QUERIES = {"suspend": 40, "terminate": 42, "change_offering": 25}

    def _plan(self, kind, number):
        """Plan an operation for so many subscriptions on the first of next month."""
        account = self._create_billing_account(collection_method="transfer")
        subscriptions = self.env["contract.contract"].concat(
            *(
                self._create_subscription(account=account, state="active")
                for _number in range(number)
            )
        )
        terms = {
            "suspend": {"reason_id": "non_payment"},
            "terminate": {"reason_id": "price"},
            "change_offering": {"product_id": self.offering_mobile_large.id},
        }
        subscriptions.request_operation(kind, NEXT_MONTH, terms[kind])
        return subscriptions.operation_ids

    def _queries_of_cron(self, kind, number):
        operations = self._plan(kind, number)
        self.env.flush_all()
        self.env.invalidate_all()
        count = self._count_queries(
            lambda: self._run_cron("cron_operation", now="2026-11-02 05:00:00")
        )
        self.assertEqual(set(operations.mapped("state")), {"done"})
        return count

    def test_scheduler_needs_as_many_queries_for_each_of_many_as_of_few(self):
        for kind, most in self.MOST_QUERIES.items():
            with self.subTest(kind):
                few, many = (self._queries_of_cron(kind, number) for number in (4, 16))
                self.assertLessEqual((many - few) / 12, most)
                self.assertLessEqual(many / 16, few / 4)
