# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, SomconnexioCommon


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestContractLine(SomconnexioCommon):
    def _add_line(self, subscription, product, start, end=False, **vals):
        return self.env["contract.line"].create(
            {
                "contract_id": subscription.id,
                "product_id": product.id,
                "date_start": start,
                "date_end": end,
                **vals,
            }
        )

    def test_kind_of_a_line_comes_from_its_product(self):
        subscription = self._create_subscription()
        discount = self._create_offering("Refund", 0, telecom_kind="discount")
        for product, kind in (
            (self.addon, "addon"),
            (self.one_shot, "one_shot"),
            (discount, "discount"),
        ):
            line = self._add_line(subscription, product, "2026-09-01")
            self.assertEqual(line.telecom_line_kind, kind)

    def test_kind_stays_when_the_product_changes_later(self):
        subscription = self._create_subscription()
        line = self._add_line(subscription, self.addon, "2026-09-01")
        self.addon.telecom_kind = "one_shot"
        self.env.flush_all()
        self.assertEqual(line.telecom_line_kind, "addon")

    def test_line_takes_price_text_and_dates_when_not_given(self):
        subscription = self._create_subscription()
        line = self.env["contract.line"].create(
            {"contract_id": subscription.id, "product_id": self.addon.id}
        )
        self.assertEqual(line.price_unit, 5)
        self.assertEqual(line.name, "Fixed IP")
        self.assertEqual(line.date_start, date(2026, 10, 15))
        self.assertEqual(line.recurring_next_date, date(2026, 10, 15))

    def test_price_of_the_line_stays_when_the_catalogue_changes(self):
        subscription = self._create_subscription()
        self.offering_mobile.list_price = 99
        self.assertEqual(subscription.contract_line_ids.price_unit, 10)

    def test_price_given_is_kept(self):
        subscription = self._create_subscription()
        line = self._add_line(subscription, self.addon, "2026-09-01", price_unit=-2)
        self.assertEqual(line.price_unit, -2)

    @mute_logger("odoo.sql_db")
    def test_overlapping_tariffs_are_refused_by_the_database(self):
        subscription = self._create_subscription()
        subscription.contract_line_ids.date_end = "2026-09-30"
        for start, end in (
            ("2026-09-30", False),
            ("2026-08-01", "2026-09-01"),
            ("2026-08-01", False),
        ):
            with self.subTest(start), self.assertRaises(IntegrityError):
                with self.cr.savepoint():
                    self._add_line(subscription, self.offering_mobile_large, start, end)

    @mute_logger("odoo.sql_db")
    def test_overlap_message_says_what_to_do(self):
        subscription = self._create_subscription()
        with self.assertRaises(IntegrityError) as caught, self.cr.savepoint():
            self._add_line(subscription, self.offering_mobile_large, "2026-09-05")
        message = self.env["contract.line"]._sql_error_to_message(caught.exception)
        self.assertIn("one tariff at a time", message)

    def test_tariff_may_start_the_day_after_the_last_day_of_another(self):
        subscription = self._create_subscription()
        subscription.contract_line_ids.date_end = "2026-09-30"
        line = self._add_line(subscription, self.offering_mobile_large, "2026-10-01")
        self.assertEqual(line.telecom_line_kind, "tariff")

    def test_addons_may_overlap(self):
        subscription = self._create_subscription()
        first = self._add_line(subscription, self.addon, "2026-09-01")
        second = self._add_line(subscription, self.addon, "2026-09-01")
        self.assertNotEqual(first, second)

    @mute_logger("odoo.sql_db")
    def test_tariff_that_ends_before_it_starts_is_refused_with_a_clear_message(self):
        subscription = self._create_subscription()
        with self.assertRaises(IntegrityError) as caught, self.cr.savepoint():
            self._add_line(
                subscription, self.offering_mobile_large, "2026-08-10", "2026-08-01"
            )
        message = self.env["contract.line"]._sql_error_to_message(caught.exception)
        self.assertIn("cannot end before it starts", message)

    def test_line_that_has_been_in_force_is_not_deleted(self):
        subscription = self._create_subscription(state="active")
        with self.assertRaisesRegex(UserError, "kept as history"):
            subscription.contract_line_ids.unlink()

    def test_planned_line_may_be_deleted(self):
        subscription = self._create_subscription(state="active")
        line = self._add_line(subscription, self.addon, "2026-11-01")
        line.unlink()
        self.assertFalse(line.exists())

    def test_line_of_an_ordinary_contract_is_left_alone(self):
        contract = self.env["contract.contract"].create(
            {
                "name": "Rent",
                "partner_id": self.partner.id,
                "contract_line_ids": [
                    (0, 0, {"name": "Office", "price_unit": 7, "quantity": 1}),
                    (0, 0, {"name": "Garage", "price_unit": 3, "quantity": 1}),
                ],
            }
        )
        kinds = contract.contract_line_ids.mapped("telecom_line_kind")
        self.assertEqual(kinds, [False, False])
        contract.contract_line_ids.unlink()
        self.assertFalse(contract.contract_line_ids)

    def test_analytic_distribution_applies_when_a_model_asks_for_it(self):
        plan = self.env["account.analytic.plan"].create({"name": "Services"})
        account = self.env["account.analytic.account"].create(
            {"name": "Mobile", "plan_id": plan.id}
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "partner_id": self.partner.id,
                "analytic_distribution": {str(account.id): 100},
            }
        )
        line = self._create_subscription().contract_line_ids
        self.assertEqual(line.analytic_distribution, {str(account.id): 100})

    def test_line_that_has_been_in_force_keeps_its_product(self):
        line = self._create_subscription(state="active").contract_line_ids
        with self.assertRaisesRegex(UserError, "keeps its product"):
            line.product_id = self.offering_mobile_large
        line.write({"product_id": line.product_id.id, "quantity": 2})
        self.assertEqual(line.quantity, 2)

    def test_planned_line_may_get_another_product(self):
        line = self._create_subscription().contract_line_ids
        line.product_id = self.offering_mobile_large
        self.assertEqual(line.product_id, self.offering_mobile_large)

    def test_tariff_of_another_service_type_is_refused(self):
        subscription = self._create_subscription()
        with self.assertRaisesRegex(ValidationError, "offering for Fibre"):
            self._add_line(
                subscription, self.offering_fibre, "2020-01-01", "2020-02-01"
            )
