# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about members, subscriptions and numbers.

All have defaults, so that a test names only what it is about. Nothing rests on
demonstration data, and every date is given.
"""

from contextlib import ExitStack
from itertools import count

from freezegun import freeze_time
from stdnum import luhn

from odoo.tests import TransactionCase

#: The instant most tests are frozen at, and its civil date in Madrid.
NOW = "2026-10-15 10:00:00"
TODAY = "2026-10-15"
START_DATE = "2026-09-01"
#: Midnight of START_DATE in Madrid, as UTC.
START_AT = "2026-08-31 22:00:00"

QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
}


class SomconnexioCommon(TransactionCase):
    """A cooperative in Madrid's time zone with a small catalogue.

    ``cls.offering_mobile`` costs 10, ``cls.offering_mobile_large`` 20 and
    ``cls.offering_fibre`` 30 a month without tax.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, **QUIET})
        cls.company = cls.env.company
        cls.company.telecom_timezone = "Europe/Madrid"
        cls.company.telecom_quarantine_days = 30
        cls._numbers = count(1)
        cls._set_up_catalogue()
        cls.reason_suspend = cls._ref("lifecycle_reason_non_payment")
        cls.reason_terminate = cls._ref("lifecycle_reason_price")
        cls.partner = cls._create_partner()

    @classmethod
    def _ref(cls, name):
        """Return a record of somconnexio_base by its xml id."""
        return cls.env.ref(f"somconnexio_base.{name}")

    @classmethod
    def _set_up_catalogue(cls):
        cls.type_mobile = cls._ref("service_type_mobile")
        cls.type_fibre = cls._ref("service_type_fibre")
        cls.kind_msisdn = cls._ref("resource_kind_msisdn")
        cls.kind_iccid = cls._ref("resource_kind_iccid")
        cls.kind_fibre_line = cls._ref("resource_kind_fibre_line")
        cls.offering_mobile = cls._create_offering("Mobile small", 10)
        cls.offering_mobile_large = cls._create_offering("Mobile large", 20)
        cls.offering_fibre = cls._create_offering("Fibre", 30, service="fibre")
        cls.addon = cls._create_offering("Fixed IP", 5, telecom_kind="addon")
        cls.one_shot = cls._create_offering("1 GB", 3, telecom_kind="one_shot")

    @classmethod
    def _create_offering(cls, name, price, service="mobile", **vals):
        """Return a product.product sold to subscriptions of a service type.

        :param str name: name of the product
        :param price: monthly fee without tax
        :param str service: code of the service type
        """
        return cls.env["product.product"].create(
            {
                "name": name,
                "type": "service",
                "telecom_kind": "offering",
                "telecom_service_type_id": cls._ref(f"service_type_{service}").id,
                "list_price": price,
                **vals,
            }
        )

    @classmethod
    def _create_partner(cls, name="Maria Soler", **vals):
        """Return a member with an e-mail address."""
        return cls.env["res.partner"].create(
            {"name": name, "email": "maria@example.org", "lang": "en_US", **vals}
        )

    @classmethod
    def _create_billing_account(cls, partner=None, **vals):
        """Return a billing account, of ``cls.partner`` unless another is given."""
        partner = partner or cls.partner
        return cls.env["telecom.billing.account"].create(
            {"partner_id": partner.id, **vals}
        )

    @classmethod
    def _create_bank_account(cls, partner=None, iban="ES9121000418450200051332"):
        """Return a bank account of a partner."""
        partner = partner or cls.partner
        return cls.env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": iban}
        )

    @classmethod
    def _next_value(cls, kind_code):
        """Return a valid value of a kind of resource that no other call returns."""
        number = next(cls._numbers)
        if kind_code == "iccid":
            body = f"89340499{number:010d}"
            return body + luhn.calc_check_digit(body)
        patterns = {
            "msisdn": f"346990{number:05d}",
            "fixed_number": f"349310{number:05d}",
            "fibre_line": f"TEST-{number:06d}",
            "ip_address": f"203.0.113.{number % 250 + 1}",
        }
        return patterns[kind_code]

    @classmethod
    def _create_resource(cls, kind="msisdn", name=None, **vals):
        """Return a resource of a kind, given by its code, with a valid value."""
        return cls.env["telecom.resource"].create(
            {
                "kind_id": cls._ref(f"resource_kind_{kind}").id,
                "name": name or cls._next_value(kind),
                **vals,
            }
        )

    @classmethod
    def _assign(cls, subscription, resource, start_at=START_AT, end_at=False):
        """Return the assignment of a resource to a subscription."""
        return cls.env["telecom.resource.assignment"].create(
            {
                "subscription_id": subscription.id,
                "resource_id": resource.id,
                "start_at": start_at,
                "end_at": end_at,
            }
        )

    @classmethod
    def _create_subscription(
        cls,
        offering=None,
        account=None,
        state="pending",
        start=START_DATE,
        with_resources=True,
        msisdn=None,
        **vals,
    ):
        """Return a subscription of an offering, brought into a state by its verbs.

        :param offering: product.product, ``cls.offering_mobile`` by default
        :param account: telecom.billing.account, a new one of ``cls.partner`` by default
        :param str state: pending, active, suspended or terminated, from ``start`` on
        :param str start: first day of the tariff and, if activated, of the service
        :param bool with_resources: assign what the service type needs
        :param str msisdn: the mobile number to assign; a fresh one by default
        """
        offering = offering or cls.offering_mobile
        account = account or cls._create_billing_account()
        subscription = cls.env["contract.contract"].create(
            {
                "telecom_service_type_id": offering.telecom_service_type_id.id,
                "telecom_billing_account_id": account.id,
                "contract_line_ids": [
                    (0, 0, {"product_id": offering.id, "date_start": start})
                ],
                **vals,
            }
        )
        if with_resources:
            cls._assign_needed(subscription, start, msisdn)
        cls._bring_into(subscription, state, start)
        return subscription

    @classmethod
    def _assign_needed(cls, subscription, start, msisdn=None):
        """Assign one new resource of each kind the service type needs."""
        start_at = subscription.company_id._telecom_day_start_at(start)
        for kind in subscription.telecom_service_type_id.resource_kind_ids:
            name = msisdn if kind.code == "msisdn" else None
            resource = cls._create_resource(
                kind.code, name, company_id=subscription.company_id.id
            )
            cls._assign(subscription, resource, start_at)

    @classmethod
    def _bring_into(cls, subscription, state, start):
        """Use the verbs that lead to a state."""
        if state == "pending":
            return
        if state == "terminated":
            subscription.activate(start)
            subscription.terminate(cls.reason_terminate, start)
            return
        subscription.activate(start)
        if state == "suspended":
            subscription.suspend(cls.reason_suspend, start)

    def _history(self, subscription):
        """Return the state changes of a subscription, oldest first."""
        return subscription.transition_ids.sorted("id")

    def _run_cron(self, name, now=None):
        """Run a scheduled action of somconnexio_base as the server would.

        :param str name: xml id of the ir.cron
        :param str now: UTC instant to run it at
        """
        with ExitStack() as stack:
            if now:
                stack.enter_context(freeze_time(now))
            stack.enter_context(self.enter_registry_test_mode())
            self._ref(name).method_direct_trigger()

    def _count_queries(self, action):
        """Return how many queries an action takes, with what it leaves to flush."""
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
