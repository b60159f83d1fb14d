# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Usage that was billed wrong: priced anew, and the difference put on the next bill."""

from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.trial import thrown_away

from ... import sql_steps
from ..rating.rating_scope import rating_scope


class TelecomUsageCorrection(models.Model):
    """A month of billed usage, priced anew by the tariffs as they are now.

    Bills and their usage stay as they are. What a subscription should have paid more or
    less in a category becomes an adjustment that the next bill takes. To correct twice
    adds nothing: what was corrected before counts as billed.
    """

    _name = "telecom.usage.correction"
    _description = "Correction of billed usage"
    _inherit = ["mail.thread"]
    _order = "month_date desc, id desc"
    _check_company_auto = True

    name = fields.Char("Reason", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    month_date = fields.Date("Month", required=True, help="Any day of the month.")
    account_ids = fields.Many2many(
        "telecom.billing.account",
        string="Only these accounts",
        check_company=True,
        help="Leave empty for all accounts that were billed.",
    )
    tariff_id = fields.Many2one(
        "telecom.tariff",
        string="Only what this tariff priced",
        check_company=True,
        help="Accounts that it has priced nothing of are left alone.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Done")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    adjustment_ids = fields.One2many(
        "telecom.bill.adjustment", "correction_id", readonly=True
    )
    adjustment_count = fields.Integer("Adjustments", compute="_compute_totals")
    amount_untaxed = fields.Monetary("Difference", compute="_compute_totals")

    @api.depends("adjustment_ids.amount_untaxed", "adjustment_ids.state")
    def _compute_totals(self):
        for correction in self:
            live = correction.adjustment_ids.filtered(lambda a: a.state == "open")
            correction.adjustment_count = len(live)
            correction.amount_untaxed = sum(live.mapped("amount_untaxed"))

    def action_correct(self):
        """Price the month anew and keep the differences as adjustments.

        :raise UserError: when nothing of that month was billed, or it is done already
        """
        for correction in self:
            correction.check_access("write")
            if correction.state == "done":
                raise UserError(
                    self.env._("%s is done: make a new one.", correction.name)
                )
            machine = correction.sudo().with_company(correction.company_id)
            differences = machine._find_differences()
            machine._keep(differences)
            machine.state = "done"
        return True

    def action_view_adjustments(self):
        """Open what the next bills will take."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_bill_adjustment"
        )
        action["domain"] = [("correction_id", "=", self.id)]
        action["context"] = {}
        return action

    def _month_params(self):
        """Return the parameters of the steps: the month and whom it is about."""
        company = self.company_id
        first = self.month_date + relativedelta(day=1)
        after = first + relativedelta(months=1)
        return {
            "company_id": company.id,
            "account_ids": self.account_ids.ids,
            "tariff_id": self.tariff_id.id or None,
            "month_start": first,
            "month_end": after,
            "start_at": company._telecom_day_start_at(first),
            "end_at": company._telecom_day_start_at(after),
            "digits": self.currency_id.decimal_places,
        }

    def _find_differences(self):
        """Price the month anew and throw that away; return what came out differently.

        :return: rows of step 67
        """
        params = self._month_params()
        with thrown_away(self.env):
            if not sql_steps.run(self.env, "65_list_billed_usage", **params):
                raise UserError(
                    self.env._("No usage of that month and these accounts is billed.")
                )
            sql_steps.run(self.env, "66_free_billed_usage", **params)
            with rating_scope(self.env, self._touched_subscription_ids()):
                self.env["telecom.rated.usage"]._rate(
                    self.company_id, params["month_start"], params["month_end"]
                )
            return sql_steps.fetch(self.env, "67_sum_corrections", **params)

    def _touched_subscription_ids(self):
        """Return the ids of all subscriptions of the accounts that are priced anew."""
        self.env.cr.execute("SELECT DISTINCT billing_account_id FROM correction_billed")
        account_ids = [id_ for (id_,) in self.env.cr.fetchall()]
        Subscription = self.env["contract.contract"].with_context(active_test=False)
        found = Subscription.search([("telecom_billing_account_id", "in", account_ids)])
        return found.ids

    def _keep(self, differences):
        """Make an adjustment of each difference."""
        params = self._month_params()
        today = self.company_id._telecom_today()
        self.env["telecom.bill.adjustment"].with_context(tracking_disable=True).create(
            [
                {
                    "kind": "usage",
                    "correction_id": self.id,
                    "name": f"{row['category_name']} {params['month_start']:%m/%Y}",
                    "billing_account_id": row["billing_account_id"],
                    "subscription_id": row["subscription_id"],
                    "category_id": row["category_id"],
                    "product_id": row["product_id"],
                    "event_count": row["event_count"],
                    "amount_untaxed": Decimal(row["amount"]),
                    "effective_date": today,
                    "period_from": params["month_start"],
                    "period_to": params["month_end"],
                    "note": self.name,
                }
                for row in differences
            ]
        )


class TelecomBillAdjustment(models.Model):
    _inherit = "telecom.bill.adjustment"

    correction_id = fields.Many2one(
        "telecom.usage.correction",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _correction_once = models.UniqueIndex(
        "(correction_id, subscription_id, category_id) WHERE correction_id IS NOT NULL",
        "This correction has its adjustment already.",
    )
