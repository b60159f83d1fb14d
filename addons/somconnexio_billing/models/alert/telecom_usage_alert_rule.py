# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models


class TelecomUsageAlertRule(models.Model):
    """When a customer, or the people who care for them, are told about usage."""

    _name = "telecom.usage.alert.rule"
    _description = "Usage alert rule"
    _order = "sequence, kind, percent, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("allowance", "Share of an allowance"), ("cost", "Cost of the usage")],
        required=True,
        default="allowance",
    )
    percent = fields.Float(
        string="From (%)",
        digits=(5, 2),
        required=True,
        default=100,
        help="Of the allowance, or of the cost limit.",
    )
    usage_type_id = fields.Many2one(
        "telecom.usage.type",
        ondelete="restrict",
        help="Empty: allowances of any usage.",
    )
    cost_limit = fields.Monetary(
        help="Taxes excluded, a month. A subscription's own limit comes before it. 0:"
        " only subscriptions with a limit of their own.",
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        string="Mail",
        domain=[("model", "=", "telecom.usage.alert")],
        ondelete="restrict",
        help="Sent to the customer, in their language. Empty: no mail.",
    )
    activity_user_id = fields.Many2one(
        "res.users",
        string="Activity for",
        ondelete="restrict",
        help="Gets an activity on the subscription. Empty: none.",
    )
    active = fields.Boolean(default=True)

    _percent_positive = models.Constraint(
        "CHECK (percent > 0 AND percent <= 1000)",
        "An alert is raised from a share between 0 and 1000 %.",
    )
