# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import SQL

from ... import sql_steps
from .const import DIRECTIONS, NETWORKS

#: States of an account in a run whose bill is posted.
BILLED_STATES = ("posted", "delivered")


class TelecomRatedUsage(models.Model):
    """A usage event with its price, and why. Derived: rebuilt until it is billed.

    The table is partitioned by month and written by the steps 31 to 49 of ``sql/``
    only.
    """

    _name = "telecom.rated.usage"
    _description = "Rated usage"
    _inherit = ["telecom.partitioned.mixin"]
    _auto = False
    _order = "started_at desc, id desc"
    _rec_name = "started_at"

    company_id = fields.Many2one("res.company", readonly=True)
    event_id = fields.Many2one("telecom.usage.event", readonly=True)
    started_at = fields.Datetime(string="Started", readonly=True)
    subscription_id = fields.Many2one("contract.contract", readonly=True)
    billing_account_id = fields.Many2one("telecom.billing.account", readonly=True)
    bill_run_id = fields.Many2one(
        "telecom.bill.run", readonly=True, help="Empty while the price is provisional."
    )
    usage_type_id = fields.Many2one("telecom.usage.type", readonly=True)
    direction = fields.Selection(DIRECTIONS, readonly=True)
    served_number = fields.Char(readonly=True)
    other_number = fields.Char(readonly=True)
    destination_id = fields.Many2one("telecom.destination", readonly=True)
    zone_id = fields.Many2one(
        "telecom.roaming.zone", string="Roaming zone", readonly=True
    )
    visited_country = fields.Char(readonly=True)
    network = fields.Selection(NETWORKS[1:], readonly=True)
    time_band_id = fields.Many2one("telecom.time.band", readonly=True)
    product_id = fields.Many2one("product.product", string="Offering", readonly=True)
    tariff_id = fields.Many2one("telecom.tariff", readonly=True)
    rate_id = fields.Many2one("telecom.tariff.rate", readonly=True)
    allowance_id = fields.Many2one("telecom.allowance", readonly=True)
    category_id = fields.Many2one("telecom.usage.category", readonly=True)
    quantity = fields.Float(
        digits=False, readonly=True, help="As the provider counted it, in base units."
    )
    chargeable_quantity = fields.Float(
        digits=False, readonly=True, help="After the rate's increments."
    )
    allowance_quantity = fields.Float(
        digits=False, readonly=True, help="The part that an allowance covers."
    )
    charged_quantity = fields.Float(
        digits=False, readonly=True, help="The part that is charged."
    )
    allowance_used_before = fields.Float(
        digits=False,
        readonly=True,
        aggregator=None,
        help="Used of the allowance in the month before this event.",
    )
    allowance_limit = fields.Float(
        digits=False,
        readonly=True,
        aggregator=None,
        help="Size of the allowance; empty when it is unlimited.",
    )
    setup_fee = fields.Float(
        string="Set-up fee",
        digits=False,
        readonly=True,
        aggregator=None,
        help="As it was charged; zero when it was not.",
    )
    unit_price = fields.Float(digits=False, readonly=True, aggregator=None)
    price_unit = fields.Float(digits=False, readonly=True, aggregator=None)
    amount_exact = fields.Float(
        digits=False, readonly=True, help="Before the tariff's rounding, 12 decimals."
    )
    amount = fields.Float(
        digits=False, readonly=True, help="Taxes excluded, rounded as the tariff says."
    )
    allowance_amount = fields.Float(
        string="Covered by money",
        digits=False,
        readonly=True,
        help="The part of the rounded amount that an allowance of money pays.",
    )
    capped_amount = fields.Float(
        string="Cut by the maximum",
        digits=False,
        readonly=True,
        help="The part that exceeds the tariff's maximum spend of the month.",
    )
    wholesale_cost = fields.Float(
        digits=False,
        readonly=True,
        help="From the provider's file, else by its wholesale tariff.",
    )
    margin = fields.Float(
        digits=False,
        readonly=True,
        help="Amount less wholesale cost; empty where no cost is known.",
    )
    breakdown = fields.Json(
        readonly=True,
        help="Parts, allowances and limits of an event whose price has more to it "
        "than one rate and one allowance. Numbers are text.",
    )
    is_late = fields.Boolean(
        string="Late", readonly=True, help="Of a month before the period of its bill."
    )
    version = fields.Integer(
        readonly=True,
        aggregator=None,
        help="1 at its first rating, one more each time its result changed.",
    )
    currency_id = fields.Many2one(related="tariff_id.currency_id")

    @property
    def _table_query(self):
        """Override of the mixin: a rated usage is found by the id of its event."""
        columns = [
            SQL.identifier(name)
            for name, field in self._fields.items()
            if field.store and name != "id"
        ]
        return SQL(
            "SELECT event_id AS id, %s FROM %s",
            SQL(", ").join(columns),
            SQL.identifier(self._table),
        )

    def init(self):
        """Override of `base` to create the partitioned table and its partitions."""
        sql_steps.run(self.env, "30_create_rated_usage")
        sql_steps.run(self.env, "30_extend_rated_usage")
        sql_steps.run(self.env, "30_create_round_function")
        sql_steps.run(self.env, "30_create_prorate_function")
        sql_steps.run(self.env, "30_create_convention_function")
        sql_steps.run(self.env, "30_create_allowance_usage")
        self._ensure_partitions(fields.Date.today())

    def _billed(self):
        """Return those that stand on a posted bill."""
        accounts = self.env["telecom.bill.run.account"].search(
            [
                ("run_id", "in", self.bill_run_id.ids),
                ("billing_account_id", "in", self.billing_account_id.ids),
                ("state", "in", BILLED_STATES),
            ]
        )
        billed = {(account.run_id, account.billing_account_id) for account in accounts}
        return self.filtered(
            lambda usage: (usage.bill_run_id, usage.billing_account_id) in billed
        )
