# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Alerts: raised at their share, told once, armed again next month."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..rating.civil_month import CivilMonth
from .rating_common import RatingCommon, madrid


@tagged("post_install", "-at_install")
@freeze_time("2026-10-20 02:30:00")
class TestAlert(RatingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_rate("0.60")
        cls.allowance = cls._create_allowance(600)
        cls.carer = new_test_user(
            cls.env, "alert-agent", groups="somconnexio_base.group_telecom_agent"
        )
        cls.template = cls.env.ref("somconnexio_billing.mail_template_usage_alert")
        cls.Rule = cls.env["telecom.usage.alert.rule"]
        cls.Rule.search([]).active = False
        cls.most = cls._create_rule("Most is used", 80)
        cls.all = cls._create_rule("All is used", 100)

    @classmethod
    def _create_rule(cls, name, percent, **vals):
        return cls.Rule.create(
            {
                "name": name,
                "percent": percent,
                "mail_template_id": cls.template.id,
                "activity_user_id": cls.carer.id,
                **vals,
            }
        )

    def _alerts(self, month="2026-10-01"):
        """Rate and return the new alerts of a month."""
        day = self.env["telecom.usage.alert"]._fields["month_date"].to_date(month)
        self.Rated._rate(self.company, day, CivilMonth(day, "Europe/Madrid").end_date)
        return self.env["telecom.usage.alert"]._raise_alerts(
            self.company, CivilMonth(day, "Europe/Madrid")
        )

    def _mails(self):
        """Return the mails of the alerts, made as the sender of notices does."""
        waiting = self.env["telecom.notice"].search(
            [("kind_id.code", "=", "usage_alert"), ("state", "=", "waiting")]
        )
        waiting.sudo()._make_ready("mail")
        return self.env["mail.mail"].search(
            [("model", "=", "telecom.usage.alert")], order="id"
        )

    def _activities(self):
        return self.subscription.activity_ids.filtered(
            lambda activity: activity.user_id == self.carer
        )

    def test_share_of_an_allowance_is_told_from_its_percent_on(self):
        self._add_event(479)
        self.assertFalse(self._alerts())
        self._add_event(1)
        alerts = self._alerts()
        self.assertEqual(alerts.rule_id, self.most)
        self.assertEqual(alerts.subscription_id, self.subscription)
        self.assertEqual(alerts.allowance_id, self.allowance)
        self.assertEqual((alerts.used, alerts.limit_value), (480, 600))
        self.assertEqual(alerts.state, "told")

    def test_alert_is_told_once_and_the_next_share_again(self):
        self._add_event(500)
        self._alerts()
        self.assertFalse(self._alerts())
        self._add_event(300)
        self.assertEqual(self._alerts().rule_id, self.all)
        self.assertEqual(len(self._mails()), 2)
        self.assertEqual(len(self._activities()), 2)

    def test_several_shares_at_once_are_told_as_one(self):
        self._add_event(900)
        self.assertEqual(self._alerts().rule_id, self.all)
        self.assertEqual(len(self._mails()), 1)
        superseded = self.env["telecom.usage.alert"].search(
            [("state", "=", "superseded")]
        )
        self.assertEqual(superseded.rule_id, self.most)

    def test_next_month_is_armed_again(self):
        self._add_event(500)
        self._alerts()
        self._add_event(500, madrid(2026, 11, 3, 12))
        self.assertEqual(self._alerts("2026-11-01").rule_id, self.most)

    def test_cost_limit_is_told_and_the_subscriptions_own_comes_first(self):
        self._create_rule("Dear", 100, kind="cost", cost_limit=5)
        self._add_event(600 + 499)
        self.assertNotIn("cost", self._alerts().mapped("kind"))
        self.subscription.telecom_cost_limit = 4
        alerts = self._alerts()
        self.assertEqual(alerts.mapped("kind"), ["cost"])
        self.assertEqual((alerts.used, alerts.limit_value), (4.99, 4))

    def test_rule_of_another_usage_type_is_not_met(self):
        (self.most | self.all).usage_type_id = self.data
        self._add_event(900)
        self.assertFalse(self._alerts())

    def test_unlimited_allowance_raises_nothing(self):
        self.allowance.write({"is_unlimited": True, "quantity": 0})
        self._add_event(9_000)
        self.assertFalse(self._alerts())

    def test_archived_rule_raises_nothing(self):
        (self.most | self.all).active = False
        self._add_event(900)
        self.assertFalse(self._alerts())

    def test_mail_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("es_ES")
        self.most.with_context(lang="es_ES").name = "Casi todo"
        self.subscription.partner_id.lang = "es_ES"
        self._add_event(500)
        self._alerts()
        mail = self._mails()
        self.assertIn("Casi todo", mail.subject)
        self.assertEqual(mail.recipient_ids, self.subscription.partner_id)

    def test_customer_without_address_is_told_by_activity_alone(self):
        self.subscription.partner_id.email = False
        self._add_event(500)
        self._alerts()
        self.assertFalse(self._mails())
        self.assertIn("480", self._activities().summary.replace("8:20", "480"))

    def test_allowance_shared_by_an_account_is_told_once(self):
        self.allowance.sharing = "account"
        other = self._create_subscription(self.offering, state="active")
        other.telecom_billing_account_id = self.subscription.telecom_billing_account_id
        for subscription in (self.subscription, other):
            self._add_event(250, subscription_id=subscription.id)
        alerts = self._alerts()
        self.assertEqual(len(alerts), 1)
        self.assertFalse(alerts.subscription_id)
        self.assertEqual(
            alerts.billing_account_id, self.subscription.telecom_billing_account_id
        )

    def test_finding_takes_two_queries_whatever_the_usage(self):
        (self.most | self.all).write(
            {"mail_template_id": False, "activity_user_id": False}
        )
        counts = []
        for count in (1, 5):
            for _number in range(count):
                subscription = self._create_subscription(self.offering, state="active")
                self._add_event(900, subscription_id=subscription.id)
            self._rate()
            before = self.env.cr.sql_log_count
            self.env["telecom.usage.alert"]._raise_alerts(
                self.company, CivilMonth.of(madrid(2026, 10, 5), "Europe/Madrid")
            )
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_billing_managers_write_rules_and_nobody_writes_alerts(self):
        self._add_event(900)
        alerts = self._alerts()
        manager = new_test_user(
            self.env,
            "alert-manager",
            groups="somconnexio_base.group_telecom_billing_manager",
        )
        self.most.with_user(manager).percent = 75
        with self.assertRaises(AccessError):
            self.most.with_user(self.carer).percent = 70
        self.assertTrue(alerts.with_user(self.carer).shown_used)
        with self.assertRaises(AccessError):
            alerts.with_user(manager).state = "new"

    def test_alerts_of_another_company_are_not_seen(self):
        self._add_event(900)
        alerts = self._alerts()
        other = self.env["res.company"].create({"name": "Other cooperative"})
        user = new_test_user(
            self.env,
            "alert-other",
            groups="somconnexio_base.group_telecom_admin",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in (alerts, self.most):
            with self.assertRaises(AccessError):
                record.with_user(user).read(["id"])
