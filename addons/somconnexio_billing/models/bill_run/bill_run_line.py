# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import Command, fields, models

from ... import sql_steps


class TelecomBillRunLine(models.Model):
    """What one subscription owes for one thing: the preview that becomes the bill.

    Written by ``sql/5x`` only. ``amount_untaxed`` is rounded to the currency, once.
    """

    _name = "telecom.bill.run.line"
    _description = "Bill run line"
    _order = "run_account_id, subscription_id, sequence, id"

    run_id = fields.Many2one(
        "telecom.bill.run", required=True, index=True, ondelete="cascade"
    )
    run_account_id = fields.Many2one(
        "telecom.bill.run.account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    billing_account_id = fields.Many2one("telecom.billing.account", required=True)
    subscription_id = fields.Many2one("contract.contract", index="btree_not_null")
    kind = fields.Selection(
        [
            ("fee", "Monthly fee"),
            ("fee_credit", "Fee given back"),
            ("one_shot", "One-off charge"),
            ("discount", "One-off discount"),
            ("percent_discount", "Discount in per cent"),
            ("fixed_discount", "Monthly discount"),
            ("usage", "Usage"),
            ("minimum", "Minimum usage"),
            ("adjustment", "Adjustment"),
        ],
        required=True,
    )
    is_void = fields.Boolean(
        "Void",
        help="Its bill was taken back whole: what it charged can be billed again.",
    )
    generation = fields.Integer(
        help="How often days of its contract line had been given back before: days that"
        " were given back can be billed once more."
    )
    adjustment_id = fields.Many2one("telecom.bill.adjustment", index="btree_not_null")
    has_own_position = fields.Boolean(
        help="Taxed where its service is delivered, and not as its payer."
    )
    fiscal_position_id = fields.Many2one("account.fiscal.position", ondelete="restrict")
    sequence = fields.Integer()
    name = fields.Char(required=True)
    product_id = fields.Many2one("product.product", index="btree_not_null")
    contract_line_id = fields.Many2one("contract.line", index="btree_not_null")
    category_id = fields.Many2one("telecom.usage.category")
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True, help="First day that is not billed.")
    day_count = fields.Integer("Days")
    month_days = fields.Integer("Days of the month")
    is_pro_rata = fields.Boolean(
        "Part of a month", help="The fee of some days, not of the whole month."
    )
    quantity = fields.Float(digits=(16, 6))
    price_unit = fields.Float("Unit price", digits=(16, 6))
    amount_untaxed = fields.Monetary("Untaxed amount")
    event_count = fields.Integer("Events")
    usage_quantity = fields.Float("Used", digits=(20, 6))
    allowance_quantity = fields.Float("In allowance", digits=(20, 6))
    charged_quantity = fields.Float("Charged", digits=(20, 6))
    tax_ids = fields.Many2many(
        "account.tax", "telecom_bill_run_line_tax_rel", "line_id", "tax_id", "Taxes"
    )

    _fee_days_once = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(contract_line_id, contract_line_id, '[]') WITH &&,"
        " int4range(coalesce(generation, 0), coalesce(generation, 0), '[]') WITH &&,"
        " daterange(period_from, period_to) WITH &&)"
        " WHERE (kind = 'fee' AND is_void IS NOT TRUE)",
        "A day of this contract line is already billed.",
    )
    _fee_credit_once = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(contract_line_id, contract_line_id, '[]') WITH &&,"
        " int4range(coalesce(generation, 0), coalesce(generation, 0), '[]') WITH &&,"
        " daterange(period_from, period_to) WITH &&)"
        " WHERE (kind = 'fee_credit' AND is_void IS NOT TRUE)",
        "A day of this contract line has already been given back.",
    )
    _one_shot_once = models.UniqueIndex(
        "(contract_line_id) WHERE kind IN ('one_shot', 'discount')"
        " AND is_void IS NOT TRUE",
        "This one-off charge or discount is already billed.",
    )
    _percent_discount_once = models.UniqueIndex(
        "(contract_line_id, run_account_id) WHERE kind = 'percent_discount'",
        "This discount is already on the bill.",
    )
    _fixed_discount_once = models.UniqueIndex(
        "(contract_line_id, period_from) WHERE kind = 'fixed_discount'"
        " AND is_void IS NOT TRUE",
        "This month's discount is already on a bill.",
    )
    _minimum_once = models.UniqueIndex(
        "(contract_line_id, period_from) WHERE kind = 'minimum'"
        " AND is_void IS NOT TRUE",
        "This month's minimum usage is already on a bill.",
    )
    _adjustment_once = models.UniqueIndex(
        "(adjustment_id) WHERE kind = 'adjustment' AND is_void IS NOT TRUE",
        "This adjustment is already on a bill.",
    )
    _period_check = models.Constraint(
        "CHECK (period_from < period_to)", "A billed period has at least one day."
    )

    def init(self):
        """Override of `base` to create the function that finds what to give back."""
        # It reads columns that models after this one get.
        self.pool.post_init(sql_steps.run, self.env, "50_create_surplus_function")

    def _prepare_move_line(self, shared):
        """Return the values of the journal item of this line.

        Taxes, tags, account and balance are given although Odoo would find them: it
        then need not write each line a second time. Were one of them wrong, Odoo
        would correct it.

        :param shared: lookups shared by a slice, ``account`` and ``tags``
        """
        product = self.product_id
        vals = {
            "name": self.name,
            "product_id": product.id,
            "product_uom_id": product.uom_id.id,
            "quantity": 1,
            "price_unit": self.amount_untaxed,
            "amount_currency": -self.amount_untaxed,
            "balance": -self.amount_untaxed,
            "price_subtotal": self.amount_untaxed,
            "price_total": self._price_with_tax(),
            "account_id": shared.account(product, self._tax_position()),
            "tax_ids": [Command.set(self.tax_ids.ids)],
            "tax_tag_ids": [Command.set(shared.tags(product, self.tax_ids))],
            "contract_line_id": self.contract_line_id.id,
            "telecom_subscription_id": self.subscription_id.id,
            "telecom_bill_line_id": self.id,
        }
        if shared.has_no_analytic_model:
            vals["analytic_distribution"] = False
        return vals

    def _price_with_tax(self):
        """Return what Odoo will find as the price with tax, for plain percentages."""
        price, currency = self.amount_untaxed, self.currency_id
        return currency.round(
            price
            + sum(currency.round(price * tax.amount / 100) for tax in self.tax_ids)
        )

    def _tax_position(self):
        """Return the fiscal position that maps the taxes of this line."""
        own = self.has_own_position
        return (self if own else self.run_account_id).fiscal_position_id
