# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from freezegun import freeze_time

from odoo.tests import tagged

from .common import NOW, START_AT, START_DATE, SomconnexioCommon

FEW, MANY = 10, 100
# Rows are written in batches of some hundred, so that a few queries are added.
MARGIN = 12


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestBatch(SomconnexioCommon):
    """What the month needs by the thousand costs queries per batch, not per record."""

    def _create_accounts(self, number):
        return self.env["telecom.billing.account"].create(
            [{"partner_id": self.partner.id} for _number in range(number)]
        )

    def _create_subscriptions(self, accounts):
        line = {"product_id": self.offering_mobile.id, "date_start": START_DATE}
        return self.env["contract.contract"].create(
            [
                {
                    "telecom_service_type_id": self.type_mobile.id,
                    "telecom_billing_account_id": account.id,
                    "contract_line_ids": [(0, 0, dict(line))],
                }
                for account in accounts
            ]
        )

    def _create_resources(self, number):
        kinds = (self.kind_msisdn, self.kind_iccid)
        return self.env["telecom.resource"].create(
            [
                {"kind_id": kind.id, "name": self._next_value(kind.code)}
                for kind in kinds
                for _number in range(number)
            ]
        )

    def _assign_all(self, subscriptions, resources):
        half = len(subscriptions)
        pairs = [
            *zip(subscriptions, resources[:half], strict=True),
            *zip(subscriptions, resources[half:], strict=True),
        ]
        self.env["telecom.resource.assignment"].create(
            [
                {
                    "subscription_id": subscription.id,
                    "resource_id": resource.id,
                    "start_at": START_AT,
                }
                for subscription, resource in pairs
            ]
        )

    def _assert_not_linear(self, prepare, action):
        """Compare the queries of an action on few and on many prepared records."""
        action(prepare(FEW))  # what is cached once for all
        few_records, many_records = prepare(FEW), prepare(MANY)
        few = self._count_queries(lambda: action(few_records))
        many = self._count_queries(lambda: action(many_records))
        self.assertLessEqual(many, few + MARGIN)

    def _prepare_pending(self, number):
        subscriptions = self._create_subscriptions(self._create_accounts(number))
        self._assign_all(subscriptions, self._create_resources(number))
        return subscriptions

    def _prepare_active(self, number):
        subscriptions = self._prepare_pending(number)
        subscriptions.activate(START_DATE)
        return subscriptions

    def test_creating_accounts_is_not_linear(self):
        self._assert_not_linear(lambda number: number, self._create_accounts)

    def test_creating_subscriptions_is_not_linear(self):
        self._assert_not_linear(self._create_accounts, self._create_subscriptions)

    def test_creating_resources_is_not_linear(self):
        self._assert_not_linear(lambda number: number, self._create_resources)

    def test_assigning_is_not_linear(self):
        def prepare(number):
            subscriptions = self._create_subscriptions(self._create_accounts(number))
            return subscriptions, self._create_resources(number)

        self._assert_not_linear(prepare, lambda pair: self._assign_all(*pair))

    def test_freeing_is_not_linear(self):
        def prepare(number):
            resources = self._create_resources(number)
            resources.write(
                {"state": "quarantine", "quarantine_until_date": START_DATE}
            )
            return resources

        self._assert_not_linear(prepare, lambda lot: lot._free_rested())

    def test_activating_is_not_linear(self):
        self._assert_not_linear(
            self._prepare_pending, lambda subs: subs.activate(START_DATE)
        )

    def test_suspending_is_not_linear(self):
        self._assert_not_linear(
            self._prepare_active, lambda subs: subs.suspend(self.reason_suspend)
        )

    def test_terminating_is_not_linear(self):
        self._assert_not_linear(
            self._prepare_active, lambda subs: subs.terminate(self.reason_terminate)
        )

    def test_changing_the_offering_is_not_linear(self):
        self._assert_not_linear(
            self._prepare_active,
            lambda subs: subs.change_offering(self.offering_mobile_large, "2026-11-01"),
        )

    def test_500_subscriptions_are_created_at_once(self):
        subscriptions = self._create_subscriptions(self._create_accounts(500))
        self.assertEqual(len(set(subscriptions.mapped("code"))), 500)
        self.assertEqual(set(subscriptions.mapped("telecom_state")), {"pending"})
