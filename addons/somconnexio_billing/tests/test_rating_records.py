# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Destinations, zones, tariffs, rates and allowances: what they accept and refuse."""

from datetime import date

from psycopg2.errors import CheckViolation, ExclusionViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .rating_common import RatingCommon


@tagged("post_install", "-at_install")
class TestRatingRate(RatingCommon):
    def _assert_overlaps(self, **vals):
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            with self.env.cr.savepoint():
                self._create_rate(**vals)

    def test_rate_for_the_same_usage_and_days_is_refused(self):
        self._create_rate(valid_from=date(2026, 1, 1), valid_to=date(2026, 7, 1))
        self._assert_overlaps()
        self._assert_overlaps(valid_from=date(2026, 6, 30))
        self._assert_overlaps(valid_to=date(2026, 1, 2))

    def test_rate_that_follows_another_is_accepted(self):
        self._create_rate(valid_to=date(2026, 7, 1))
        self.assertTrue(self._create_rate(valid_from=date(2026, 7, 1)))

    def test_rate_that_differs_in_what_it_is_for_is_accepted(self):
        self._create_rate()
        for vals in (
            {"direction": "incoming"},
            {"usage_type_id": self.sms.id},
            {"destination_id": self.to_mobile.id},
            {"zone_id": self.zone_eu.id},
            {"tariff": self._create_tariff("TEST-2")},
        ):
            with self.subTest(**vals):
                self.assertTrue(self._create_rate(**vals))

    def test_rate_for_the_same_destination_or_zone_is_refused(self):
        self._create_rate(destination_id=self.to_mobile.id, zone_id=self.zone_eu.id)
        self._assert_overlaps(destination_id=self.to_mobile.id, zone_id=self.zone_eu.id)

    def test_impossible_numbers_are_refused(self):
        for vals in (
            {"unit_price": -0.01},
            {"setup_fee": -1},
            {"price_unit": 0},
            {"first_increment": 0},
            {"next_increment": -1},
            {"valid_from": date(2026, 1, 2), "valid_to": date(2026, 1, 2)},
        ):
            with self.subTest(**vals), mute_logger("odoo.sql_db"):
                with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                    self._create_rate(**vals)

    def test_usage_type_proposes_the_unit_that_people_know(self):
        with Form(self.env["telecom.tariff.rate"]) as form:
            form.tariff_id = self.tariff
            form.category_id = self.category
            form.usage_type_id = self.data
            self.assertEqual(form.price_unit, 1048576)

    def test_price_is_kept_with_all_its_decimals(self):
        rate = self._create_rate("0.00000095")
        [row] = [
            row
            for row in self._rows("telecom_tariff_rate", "id", "unit_price")
            if row[0] == str(rate.id)
        ]
        self.assertEqual(row[1], "9.5e-07" if "e" in row[1] else "0.00000095")

    def test_rate_that_a_price_rests_on_cannot_be_deleted(self):
        rate = self._create_rate()
        unused = self._create_rate(direction="incoming")
        self._add_event(60)
        self._rate()
        with self.assertRaisesRegex(UserError, "rests on"):
            rate.unlink()
        with self.assertRaisesRegex(UserError, "rests on"):
            self.tariff.unlink()
        self.assertTrue(unused.unlink())


@tagged("post_install", "-at_install")
class TestRatingRecords(RatingCommon):
    def test_code_of_a_tariff_is_unique_in_its_company(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        self.assertTrue(self._create_tariff("TEST-MOBILE", company_id=other.id))
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._create_tariff("TEST-MOBILE")

    def test_copied_tariff_has_its_rates_and_its_own_code(self):
        self._create_rate(destination_id=self.to_mobile.id)
        copied = self.tariff.copy()
        self.assertEqual(copied.code, "TEST-MOBILE-COPY")
        self.assertEqual(copied.rate_ids.destination_id, self.to_mobile)

    def test_prefix_belongs_to_one_destination(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env["telecom.destination.prefix"].create(
                {"prefix": "33", "destination_id": self.to_mobile.id}
            )

    def test_prefix_that_is_not_made_of_digits_is_refused(self):
        for prefix in ("+33", "33 6", "", "1" * 16):
            with self.subTest(prefix=prefix), mute_logger("odoo.sql_db"):
                with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                    self.env["telecom.destination.prefix"].create(
                        {"prefix": prefix, "destination_id": self.to_mobile.id}
                    )

    def test_country_in_two_zones_is_refused(self):
        france = self.env.ref("base.fr")
        world = self._billing_ref("roaming_zone_world")
        with self.assertRaisesRegex(ValidationError, "France: in the roaming zone"):
            world.country_ids += france

    def test_country_that_left_its_zone_may_join_another(self):
        france = self.env.ref("base.fr")
        self.zone_eu.country_ids -= france
        world = self._billing_ref("roaming_zone_world")
        world.country_ids += france
        self.assertIn(france, world.country_ids)

    def test_zones_of_the_data_cover_each_country_once(self):
        zones = self.env["telecom.roaming.zone"].search([])
        countries = [country for zone in zones for country in zone.country_ids]
        self.assertEqual(len(countries), len(set(countries)))
        missing = self.env["res.country"].search([]) - zones.country_ids
        self.assertEqual(set(missing.mapped("code")) - {"ES", "XI"}, set())

    def test_allowance_without_quantity_must_be_unlimited(self):
        self.assertTrue(self._create_allowance(0, is_unlimited=True))
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            with self.env.cr.savepoint():
                self._create_allowance(0, is_unlimited=False)

    def test_allowance_never_said_to_be_unlimited_needs_a_quantity(self):
        allowance = self._create_allowance(60)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env.cr.execute(
                "UPDATE telecom_allowance SET is_unlimited = NULL, quantity = 0"
                " WHERE id = %s",
                [allowance.id],
            )

    def test_allowance_is_given_in_the_unit_that_people_read(self):
        allowance = self.env["telecom.allowance"].create(
            {
                "name": "5 GB",
                "product_tmpl_id": self.offering.product_tmpl_id.id,
                "usage_type_id": self.data.id,
                "shown_quantity": 5120,
            }
        )
        self.assertEqual(allowance.quantity, 5120 * 1048576)
        allowance.shown_quantity = 1024
        self.assertEqual(allowance.quantity, 2**30)
        allowance.quantity = 2**20
        self.assertEqual(allowance.shown_quantity, 1)

    def test_offering_of_a_company_needs_a_tariff_of_it(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        with self.assertRaisesRegex(ValidationError, "needs a tariff of it"):
            self.offering.product_tmpl_id.write(
                {
                    "company_id": self.company.id,
                    "telecom_tariff_id": self._create_tariff(
                        "TEST-THEIRS", company_id=other.id
                    ).id,
                }
            )

    def test_update_of_the_addon_leaves_destinations_as_people_have_them(self):
        data = self.env["ir.model.data"].search(
            [
                ("module", "=", "somconnexio_billing"),
                ("model", "=like", "telecom.destination%"),
            ]
        )
        self.assertGreater(len(data), 1000)
        self.assertTrue(all(data.mapped("noupdate")))


@tagged("post_install", "-at_install")
class TestRatingExplanation(RatingCommon):
    def _explanation(self, event):
        return self.Rated.search([("event_id", "=", event)]).explain()

    def test_row_explains_its_price_step_by_step(self):
        self._create_rate("0.10", setup_fee=0.15, first_increment=60)
        self._create_allowance(50, name="50 seconds")
        event = self._add_event(30)
        self._rate()
        sign = self.company.currency_id.symbol
        self.assertEqual(
            self._explanation(event).splitlines(),
            [
                "Voice to Spain, mobile, by the tariff TEST-MOBILE of Mobile small.",
                "0:30 min were used and count as 1:00 min by the rate's increments.",
                "0:50 min are included in 50 seconds: 0:00 min of 0:50 min were used"
                " before.",
                f"0:10 min at 0.10 {sign} per min and a set-up fee of 0.15 {sign} make"
                f" 0.166666666667 {sign}, rounded to 6 decimals (half up):"
                f" 0.166667 {sign}.",
            ],
        )

    def test_explanation_is_written_for_whoever_may_read_the_row(self):
        self._create_rate("0.10")
        event = self._add_event(60)
        self._rate()
        usage = self.Rated.search([("event_id", "=", event)])
        stranger = self.env["res.users"].create(
            {
                "name": "Stranger",
                "login": "rating-stranger",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        with self.assertRaises(Exception) as caught:
            usage.with_user(stranger).explain()
        self.assertEqual(type(caught.exception).__name__, "AccessError")


@tagged("post_install", "-at_install")
class TestRatingEventState(RatingCommon):
    """The state that TM Forum's API shows follows the rated usage."""

    def _state(self, event):
        self.env.invalidate_all()
        return self.Event.browse(event).tmf_state

    def test_state_goes_from_guided_over_rated_to_billed(self):
        rate = self._create_rate()
        event = self._add_event(60)
        self.assertEqual(self._state(event), "guided")
        self._rate()
        self.assertEqual(self._state(event), "rated")
        rate.unit_price = 9
        run = self._create_run()
        self._rate(run=run)
        self.assertEqual(self._state(event), "rerated")
        account = self._invoice(run)
        self.assertEqual(self._state(event), "rerated")
        account.state = "posted"
        self.assertEqual(self._state(event), "billed")

    def test_states_of_many_events_are_read_at_once(self):
        self._create_rate()
        events = self.Event.browse([self._add_event(60) for _number in range(50)])
        self._rate()
        self.env.invalidate_all()
        with self.assertQueryCount(8):
            self.assertEqual(set(events.mapped("tmf_state")), {"rated"})
