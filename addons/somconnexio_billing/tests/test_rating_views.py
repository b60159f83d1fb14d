# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The screens of rating load, and show what they are for."""

from odoo.tests import Form, tagged

from .rating_common import RatingCommon, madrid

ACTIONS = (
    "action_telecom_tariff",
    "action_telecom_tariff_rate",
    "action_telecom_destination",
    "action_telecom_roaming_zone",
    "action_telecom_usage_category",
    "action_telecom_rated_usage",
    "action_telecom_usage_unrated",
    "action_telecom_time_band",
    "action_telecom_holiday_calendar",
    "action_telecom_allowance",
    "action_telecom_allowance_grant",
    "action_telecom_allowance_balance",
)


@tagged("post_install", "-at_install")
class TestRatingViews(RatingCommon):
    def test_views_of_every_action_load(self):
        for name in ACTIONS:
            with self.subTest(action=name):
                action = self._billing_ref(name)
                views = [(False, kind) for kind in action.view_mode.split(",")]
                model = self.env[action.res_model]
                loaded = model.get_views([*views, (False, "search")])
                self.assertEqual(len(loaded["views"]), len(views) + 1)

    def test_tariff_opens_its_rates_in_a_list_with_filters(self):
        rate = self._create_rate()
        self.assertEqual(self.tariff.rate_count, 1)
        action = self.tariff.action_open_rates()
        self.assertEqual(action["res_model"], "telecom.tariff.rate")
        self.assertEqual(action["context"]["search_default_tariff_id"], self.tariff.id)
        self.assertEqual(rate.tariff_id, self.tariff)

    def test_subscription_opens_its_balances_and_those_of_its_account(self):
        own = self._create_allowance(100)
        shared = self._create_allowance(100, sharing="account")
        self._rate()
        action = self.subscription.action_view_allowance_balances()
        balances = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(balances.allowance_id, own | shared)
        self.assertEqual(set(balances.mapped("shown_granted")), {"1:40 min"})

    def test_offering_form_takes_tariff_and_allowances(self):
        with Form(self.offering.product_tmpl_id) as form:
            form.telecom_tariff_id = self.tariff
            with form.telecom_allowance_ids.new() as line:
                line.name = "2 hours"
                line.usage_type_id = self.voice
                line.shown_quantity = 120
        allowance = self.offering.product_tmpl_id.telecom_allowance_ids
        self.assertEqual(allowance.quantity, 7200)

    def test_rated_usage_is_summed_by_month_and_category(self):
        self._create_rate("0.60")
        for month, seconds in ((9, 60), (10, 60), (10, 120)):
            self._add_event(seconds, madrid(2026, month, 5, 12))
        self._rate()
        groups = self.Rated.formatted_read_group(
            [("subscription_id", "=", self.subscription.id)],
            ["started_at:month", "category_id"],
            ["amount:sum", "charged_quantity:sum"],
        )
        self.assertEqual([group["amount:sum"] for group in groups], [0.6, 1.8])

    def test_list_of_rated_usage_takes_few_queries(self):
        self._create_rate("0.60")
        for day in range(1, 31):
            self._add_event(60, madrid(2026, 10, day))
        self._rate()
        self.env.invalidate_all()
        with self.assertQueryCount(15):
            self.Rated.search([]).web_read(
                {
                    "started_at": {},
                    "usage_type_id": {"fields": {"display_name": {}}},
                    "destination_id": {"fields": {"display_name": {}}},
                    "allowance_id": {"fields": {"display_name": {}}},
                    "display_quantity": {},
                    "amount": {},
                }
            )
