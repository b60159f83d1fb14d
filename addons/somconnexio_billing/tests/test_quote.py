# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What would it cost: the same price as the bill's, and nothing left behind."""

import json
from datetime import timedelta
from decimal import Decimal

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .rating_common import (
    FRENCH_MOBILE,
    MOBILE,
    NOWHERE,
    RatingCommon,
    madrid,
    make_spanish,
)

WATCHED = ("telecom_usage_event", "telecom_rated_usage", "telecom_allowance_balance")
SHADOWS = (*WATCHED, "contract_contract", "contract_line")
CALL_AT = "2026-10-20T12:00:00+02:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-21 08:00:00")
class TestQuote(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tariff.company_id.country_id = cls.env.ref("base.es")
        cls._create_rate("0.0248", setup_fee=0.15, first_increment=60)
        cls.allowance = cls._create_allowance(9_000)
        cls.Tariff = cls.env["telecom.tariff"]

    def _quote(self, **values):
        return self.Tariff.quote(
            **{
                "subscription": self.subscription,
                "other_number": MOBILE,
                "quantity": 95,
                "started_at": CALL_AT,
                **values,
            }
        )

    def _digest(self):
        return [sorted(self._rows(table, "id")) for table in WATCHED]

    def test_quote_of_a_subscription_counts_what_it_used_this_month(self):
        self._add_event(8_940, madrid(2026, 10, 3, 12))
        answer = self._quote()
        self.assertEqual(answer["status"], "rated")
        self.assertEqual(Decimal(answer["amount"]), Decimal("0.164467"))
        self.assertEqual(Decimal(answer["allowance_quantity"]), 60)
        self.assertEqual(answer["currency"], self.company.currency_id.name)
        self.assertIn("0.164467", answer["explanation"])

    def test_quote_equals_the_rated_usage_of_the_same_event(self):
        self._add_event(8_940, madrid(2026, 10, 3, 12))
        for quantity in (0, 1, 59, 61, 95, 3_600):
            answer = self._quote(quantity=quantity)
            with self.subTest(quantity=quantity):
                savepoint = self.env.cr.savepoint()
                event = self._add_event(quantity, madrid(2026, 10, 20, 12))
                self._rate()
                usage = self._usage(event)
                savepoint.close(rollback=True)
                for name in ("amount", "charged_quantity", "allowance_quantity"):
                    self.assertEqual(Decimal(answer[name]), usage[name], name)

    def test_quote_leaves_nothing_behind(self):
        self._add_event(60)
        self._rate()
        before = self._digest()
        self._quote()
        self.env.flush_all()
        self.assertEqual(self._digest(), before)
        hidden = [
            (schema, table)
            for schema, table in self._rows("pg_tables", "schemaname", "tablename")
            if schema != "public" and table in SHADOWS
        ]
        self.assertEqual(hidden, [])

    def test_usage_of_other_subscriptions_is_not_counted(self):
        other = self._create_subscription(self.offering, state="active")
        self._add_event(9_000, subscription_id=other.id)
        answer = self._quote()
        self.assertEqual(Decimal(answer["amount"]), 0)

    def test_usage_of_another_month_is_not_counted(self):
        self._add_event(9_000, madrid(2026, 9, 30, 12))
        self.assertEqual(Decimal(self._quote()["amount"]), 0)

    def test_used_so_far_takes_the_place_of_what_was_used(self):
        self._add_event(9_000, madrid(2026, 10, 3, 12))
        answer = self._quote(used_so_far=8_940)
        self.assertEqual(Decimal(answer["amount"]), Decimal("0.164467"))
        self.assertEqual(Decimal(self._quote(used_so_far=0)["amount"]), 0)

    def test_quote_of_an_offering_has_a_full_allowance(self):
        answer = self._quote(subscription=None, offering=self.offering.id)
        self.assertEqual(Decimal(answer["amount"]), 0)
        self.assertEqual(answer["offering"], self.offering.display_name)

    def test_quote_of_a_tariff_has_no_allowance(self):
        answer = self._quote(subscription=None, tariff=self.tariff.code)
        self.assertEqual(Decimal(answer["amount"]), Decimal("0.189267"))
        products = self.env["product.product"].search_count([("id", "<", 0)])
        self.assertEqual(products, 0)

    def test_quote_of_billed_usage_takes_what_the_bill_left(self):
        self._add_event(8_940, madrid(2026, 10, 3, 12))
        run = self._create_run()
        self._rate(run=run)
        self._invoice(run)
        self.assertEqual(Decimal(self._quote()["amount"]), Decimal("0.164467"))

    def test_number_without_destination_is_suspended_with_its_reason(self):
        answer = self._quote(other_number=f"+{NOWHERE}")
        self.assertEqual(answer["status"], "suspended")
        self.assertEqual(answer["reason"], "no_destination")
        self.assertTrue(answer["explanation"])

    def test_usage_abroad_without_rate_is_suspended(self):
        answer = self._quote(visited_country="fr")
        self.assertEqual(answer["reason"], "no_rate")

    def test_answer_travels_as_json(self):
        answer = self._quote(other_number=f"+{FRENCH_MOBILE}")
        self.assertEqual(json.loads(json.dumps(answer)), answer)

    def test_wrong_values_are_named(self):
        for values, named in (
            ({"quantity": "much"}, "much"),
            ({"quantity": -1}, "-1"),
            ({"usage_type": "fax"}, "fax"),
            ({"direction": "sideways"}, "sideways"),
            ({"other_number": "my friend"}, "my friend"),
            ({"visited_country": "Q9"}, "Q9"),
            ({"started_at": "yesterday"}, "yesterday"),
            ({"subscription": "no such code"}, "no such code"),
            ({"tariff": self.tariff.id}, "one of"),
            ({"subscription": None}, "one of"),
        ):
            with self.subTest(values=values):
                with self.assertRaises(UserError) as caught:
                    self._quote(**values)
                self.assertIn(named, str(caught.exception))

    def test_agent_may_ask_and_a_user_without_role_may_not(self):
        agent = new_test_user(
            self.env, "quote-agent", groups="somconnexio_base.group_telecom_agent"
        )
        answer = self.Tariff.with_user(agent).quote(
            subscription=self.subscription.code, quantity=60, other_number=MOBILE
        )
        self.assertEqual(answer["status"], "rated")
        nobody = new_test_user(self.env, "quote-nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.Tariff.with_user(nobody).quote(
                offering=self.offering.id, quantity=60, other_number=MOBILE
            )

    def test_tariff_of_another_company_is_not_priced(self):
        other = self.env["res.company"].create({"name": "Other cooperative"})
        agent = new_test_user(
            self.env,
            "quote-other",
            groups="somconnexio_base.group_telecom_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            self.Tariff.with_user(agent).quote(
                tariff=self.tariff.id, quantity=60, other_number=MOBILE
            )

    def test_wizard_tells_price_and_reason(self):
        self._add_event(8_940, madrid(2026, 10, 3, 12))
        agent = new_test_user(
            self.env, "quote-wizard", groups="somconnexio_base.group_telecom_agent"
        )
        form = Form(self.env["telecom.quote.wizard"].with_user(agent))
        form.tariff_id = self.tariff
        form.subscription_id = self.subscription
        self.assertFalse(form.tariff_id)
        form.usage_type_id = self.voice
        form.other_number = "612 345 678"
        form.shown_quantity = 1.583333
        form.started_at = madrid(2026, 10, 20, 12)
        wizard = form.save()
        action = wizard.action_quote()
        self.assertEqual(action["res_id"], wizard.id)
        self.assertEqual(wizard.status, "rated")
        self.assertIn("0.164467", wizard.amount_text)
        self.assertIn("1:35 min were used", wizard.explanation)

    def test_number_of_queries_does_not_grow_with_the_usage(self):
        counts = []
        for _round in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._quote()
            counts.append(self.env.cr.sql_log_count - before)
            for number in range(200):
                self._add_event(10, madrid(2026, 10, 1 + number % 20, 12))
        self.assertLessEqual(counts[1], counts[0])


@tagged("post_install", "-at_install")
class TestQuoteFromOutside(HttpCase):
    def test_quote_is_answered_by_the_json_interface(self):
        make_spanish(self.env)
        user = new_test_user(
            self.env, "quote-api", groups="somconnexio_base.group_telecom_agent"
        )
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "quote", fields.Datetime.now() + timedelta(days=1))
        )
        tariff = self.env["telecom.tariff"].create({"name": "API", "code": "API"})
        response = self.url_open(
            "/json/2/telecom.tariff/quote",
            data=json.dumps({"tariff": tariff.code, "other_number": MOBILE}),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(response.status_code, 200, response.text)
        self.assertEqual(response.json()["reason"], "no_rate")
