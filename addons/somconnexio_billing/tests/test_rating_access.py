# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Who may see and change what of rating, by role and by company."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .rating_common import RatingCommon

CONFIGURATION = (
    "telecom.destination",
    "telecom.destination.prefix",
    "telecom.roaming.zone",
    "telecom.usage.category",
    "telecom.tariff",
    "telecom.tariff.rate",
    "telecom.tariff.tier",
    "telecom.time.band",
    "telecom.time.band.window",
    "telecom.holiday.calendar",
    "telecom.holiday.calendar.date",
    "telecom.allowance",
)


@tagged("post_install", "-at_install")
class TestRatingAccess(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate_record = cls._create_rate()
        cls.allowance = cls._create_allowance(60)
        cls.event = cls._add_event(60)
        cls._rate()
        cls.usage = cls.Rated.search([("event_id", "=", cls.event)])
        cls.users = {
            role: new_test_user(
                cls.env,
                f"rating-{role}",
                groups=f"base.group_user,somconnexio_base.group_telecom_{role}",
            )
            for role in (
                "agent",
                "technician",
                "accountant",
                "billing_manager",
                "admin",
            )
        }

    def _may(self, role, model, operation):
        return self.env[model].with_user(self.users[role]).has_access(operation)

    def test_every_role_reads_the_configuration(self):
        for role in self.users:
            for model in CONFIGURATION:
                with self.subTest(role=role, model=model):
                    self.assertTrue(self._may(role, model, "read"))

    def test_only_billing_managers_and_admins_change_the_configuration(self):
        for role in self.users:
            for model in CONFIGURATION:
                for operation in ("write", "create"):
                    with self.subTest(role=role, model=model, operation=operation):
                        self.assertEqual(
                            self._may(role, model, operation),
                            role in ("billing_manager", "admin"),
                        )

    def test_billing_managers_delete_rates_but_no_tariffs(self):
        self.assertTrue(self._may("billing_manager", "telecom.tariff.rate", "unlink"))
        self.assertFalse(self._may("billing_manager", "telecom.tariff", "unlink"))
        self.assertTrue(self._may("admin", "telecom.tariff", "unlink"))

    def test_rated_usage_is_read_by_those_who_serve_customers(self):
        for role in self.users:
            with self.subTest(role=role):
                self.assertEqual(
                    self._may(role, "telecom.rated.usage", "read"), role != "technician"
                )

    def test_rated_usage_is_changed_by_nobody(self):
        for role in self.users:
            for operation in ("write", "create", "unlink"):
                with self.subTest(role=role, operation=operation):
                    self.assertFalse(self._may(role, "telecom.rated.usage", operation))
        with self.assertRaises(UserError):
            self.usage.amount = 0

    def test_balances_are_read_and_changed_by_nobody(self):
        for role in self.users:
            for operation in ("write", "create", "unlink"):
                with self.subTest(role=role, operation=operation):
                    self.assertFalse(
                        self._may(role, "telecom.allowance.balance", operation)
                    )
        [balance] = self.env["telecom.allowance.balance"].search(
            [("allowance_id", "=", self.allowance.id)], limit=1
        )
        self.assertEqual(balance.with_user(self.users["agent"]).used_ratio, 1)
        with self.assertRaises(UserError):
            balance.create({"owner_key": 1})

    def test_one_shots_are_given_by_billing_managers_and_admins(self):
        for role in self.users:
            for operation in ("write", "create", "unlink"):
                with self.subTest(role=role, operation=operation):
                    self.assertEqual(
                        self._may(role, "telecom.allowance.grant", operation),
                        role in ("billing_manager", "admin"),
                    )

    def test_agent_reads_the_explanation(self):
        usage = self.usage.with_user(self.users["agent"])
        self.assertIn("Mobile small", usage.explanation)

    def test_records_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "rating-other",
            groups="base.group_user,somconnexio_base.group_telecom_admin",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.offering.product_tmpl_id.company_id = self.company
        self.rate_record.write(
            {"price_mode": "volume", "tier_ids": [(0, 0, {"unit_price": 1})]}
        )
        bond = self._create_allowance(0, is_one_shot=True, is_unlimited=False)
        balance = self.env["telecom.allowance.balance"].search(
            [("allowance_id", "=", self.allowance.id)], limit=1
        )
        for record in (
            self.tariff,
            self.rate_record,
            self.rate_record.tier_ids,
            self.allowance,
            self._create_grant(bond, 60, "2026-10-01 00:00:00"),
            balance,
            self.usage,
        ):
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.with_user(user).read(["id"])

    def test_rating_cannot_be_called_from_outside(self):
        self.assertTrue(getattr(type(self.Rated)._rate, "_api_private", False))
