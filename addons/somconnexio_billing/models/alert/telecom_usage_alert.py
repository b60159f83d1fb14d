# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

from ... import sql_steps


class TelecomUsageAlert(models.Model):
    """A rule that a subscription met in a month: once, and told once."""

    _name = "telecom.usage.alert"
    _description = "Usage alert"
    _order = "id desc"
    _rec_name = "rule_id"

    rule_id = fields.Many2one(
        "telecom.usage.alert.rule", required=True, readonly=True, ondelete="restrict"
    )
    kind = fields.Selection(related="rule_id.kind")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    subscription_id = fields.Many2one(
        "contract.contract",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty for what a billing account shares.",
    )
    billing_account_id = fields.Many2one(
        "telecom.billing.account", readonly=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", compute="_compute_partner_id"
    )
    allowance_id = fields.Many2one(
        "telecom.allowance", readonly=True, ondelete="cascade"
    )
    month_date = fields.Date(string="Month", required=True, readonly=True)
    used = fields.Float(
        digits=False, readonly=True, aggregator=None, help="Base units, or money."
    )
    limit_value = fields.Float(
        string="Limit", digits=False, readonly=True, aggregator=None
    )
    shown_used = fields.Char(string="Used so far", compute="_compute_shown")
    shown_limit = fields.Char(string="Out of", compute="_compute_shown")
    state = fields.Selection(
        [
            ("new", "New"),
            ("told", "Told"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        default="new",
        help="Superseded: a higher share was reached at the same time, and told.",
    )

    # An empty subscription or allowance counts as a value: PostgreSQL 15 and newer.
    _once = models.Constraint(
        "UNIQUE NULLS NOT DISTINCT"
        " (rule_id, subscription_id, billing_account_id, allowance_id, month_date)",
        "An alert is raised once a month.",
    )

    @api.depends("subscription_id", "billing_account_id")
    def _compute_partner_id(self):
        for alert in self:
            alert.partner_id = (
                alert.subscription_id.partner_id or alert.billing_account_id.partner_id
            )

    @api.depends_context("lang")
    @api.depends("used", "limit_value", "allowance_id")
    def _compute_shown(self):
        for alert in self:
            alert.shown_used = alert._format(alert.used)
            alert.shown_limit = alert._format(alert.limit_value)

    def _format(self, value):
        """Return units or money as people read them."""
        if self.allowance_id:
            return self.allowance_id._format(value)
        return self.currency_id.format(value)

    @api.model
    def _raise_alerts(self, company, month):
        """Find what the rules of a company call for in a month, and tell it.

        :param res.company company: one company
        :param CivilMonth month: the month that is looked at
        :return: the new alerts, those that are told and those that are superseded
        """
        self.env.flush_all()
        params = {
            "company_id": company.id,
            "month_date": month.start_date,
            "start_at": month.start_at,
            "end_at": month.end_at,
            "user_id": self.env.uid,
        }
        sql_steps.run(self.env, "alert/10_insert_allowance_alerts", **params)
        sql_steps.run(self.env, "alert/11_insert_cost_alerts", **params)
        alerts = self.search(
            [("company_id", "=", company.id), ("state", "=", "new")], order="id"
        )
        alerts._tell()
        return alerts

    def _tell(self):
        """Tell of new alerts through the channels of their rules.

        Each channel is a method of its own; an addon adds one by extending this.
        """
        for rule, alerts in self.grouped("rule_id").items():
            alerts._tell_by_mail(rule)
            alerts._tell_by_activity(rule)
        self.state = "told"

    def _tell_by_mail(self, rule):
        """Announce the alerts to their customers, in the words of the rule's mail.

        When and by which channel is up to the kind of notice.
        """
        if rule.mail_template_id:
            self.env["telecom.notice"]._announce("usage_alert", self)

    def _tell_by_activity(self, rule):
        """Give the rule's user an activity on each subscription or account."""
        user = rule.activity_user_id
        if not user:
            return
        to_do = self.env.ref("mail.mail_activity_data_todo").id
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": to_do,
                    "user_id": user.id,
                    "res_model_id": self.env["ir.model"]._get_id(record._name),
                    "res_id": record.id,
                    "summary": alert.with_context(lang=user.lang)._summary(),
                }
                for alert in self
                if (record := alert.subscription_id or alert.billing_account_id)
            ]
        )

    def _summary(self):
        """Return the alert in a line."""
        return self.env._(
            "%(rule)s: %(used)s of %(limit)s",
            rule=self.rule_id.name,
            used=self.shown_used,
            limit=self.shown_limit,
        )
