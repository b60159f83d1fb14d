# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import instalments


class CooperativeShareClass(models.Model):
    """What a share costs, how many of it a member may hold, how it may be paid."""

    _name = "cooperative.share.class"
    _description = "Share Class"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    share_price = fields.Monetary(
        string="Price of a share", required=True, currency_field="currency_id"
    )
    is_voluntary = fields.Boolean(
        string="Voluntary",
        help="Not the contribution by which somebody becomes a member.",
    )
    min_shares = fields.Integer(string="Least shares", default=1, required=True)
    max_shares = fields.Integer(
        string="Most shares", help="Per member; 0 means no limit."
    )
    max_instalments = fields.Integer(
        string="Most instalments", default=instalments.MAX_INSTALMENTS, required=True
    )

    first_payment_percent = fields.Integer(
        string="First payment (%)",
        default=25,
        help="The least part of the contribution that the first instalment has. The "
        "law of cooperatives asks for 25 % of a mandatory contribution at subscription "
        "and for all of a voluntary one. 100: all at once.",
    )

    _code_company_unique = models.Constraint(
        "UNIQUE (company_id, code)", "Another share class already has this code."
    )
    _price_positive = models.Constraint(
        "CHECK (share_price > 0)", "A share must cost more than nothing."
    )
    _shares_range = models.Constraint(
        "CHECK (min_shares >= 1 AND (coalesce(max_shares, 0) = 0"
        " OR max_shares >= min_shares))",
        "A member holds at least one share, and the most must not be below the least.",
    )
    _instalments_range = models.Constraint(
        "CHECK (max_instalments BETWEEN 1 AND 10)",
        "Contributions are paid in one to ten instalments.",
    )

    _first_payment_range = models.Constraint(
        "CHECK (first_payment_percent BETWEEN 0 AND 100)",
        "The first payment is 0 to 100 per cent of the contribution.",
    )

    def write(self, vals):
        """Override of ``base`` to keep the price of shares that people hold."""
        if "share_price" in vals:
            self._check_price_kept(vals["share_price"])
        return super().write(vals)

    def _check_price_kept(self, price):
        """Raise when a class with movements would get another price."""
        used = self.env["cooperative.share.movement"].sudo()
        for share_class in self:
            is_same = share_class.currency_id.compare_amounts(
                share_class.share_price, price
            )
            if is_same and used.search_count(
                [("share_class_id", "=", share_class.id)], limit=1
            ):
                raise UserError(
                    self.env._(
                        "Members hold shares of %s at its price. Make a new class for "
                        "another price and archive this one.",
                        share_class.name,
                    )
                )

    @api.private
    def amount_of(self, share_count):
        """Return what a number of shares costs.

        :return: Decimal, in the company's currency
        """
        self.ensure_one()
        price = Decimal(str(self.share_price)).quantize(self._cent())
        return price * share_count

    def _instalment_amounts(self, share_count, instalment_count):
        """Return what each instalment of a subscription comes to.

        :return: list of Decimal, empty when it can't be paid so
        """
        self.ensure_one()
        try:
            return instalments.split_amount(
                self.amount_of(share_count),
                instalment_count,
                self._cent(),
                self.first_payment_percent,
            )
        except ValueError:
            return []

    def _instalment_text(self, share_count, instalment_count):
        """Return how a subscription is paid, as people read it; may be empty."""
        if not self:
            return ""
        amounts = self._instalment_amounts(share_count, instalment_count)
        if len(amounts) < 2:
            return ""
        return self.env._(
            "%(first)s at once, then %(count)s a month of %(other)s",
            first=self.currency_id.format(float(amounts[0])),
            count=len(amounts) - 1,
            other=self.currency_id.format(float(amounts[1])),
        )

    def _cent(self):
        """Return the smallest unit of the currency as Decimal."""
        return Decimal(1).scaleb(-self.currency_id.decimal_places)

    def _problems(self, share_count, instalment_count, held=0):
        """Say why so many shares can't be subscribed so.

        :param int held: shares of this class that the member has already
        :return: list of sentences, empty when they can
        """
        self.ensure_one()
        problems = []
        total = held + share_count
        if share_count < 1 or total < self.min_shares:
            problems.append(
                self.env._(
                    "%(name)s: a member holds at least %(min)s shares.",
                    name=self.name,
                    min=self.min_shares,
                )
            )
        if self.max_shares and total > self.max_shares:
            problems.append(
                self.env._(
                    "%(name)s: a member holds at most %(max)s shares, not %(total)s.",
                    name=self.name,
                    max=self.max_shares,
                    total=total,
                )
            )
        if not 1 <= instalment_count <= self.max_instalments:
            problems.append(
                self.env._(
                    "%(name)s is paid in 1 to %(max)s instalments, not %(count)s.",
                    name=self.name,
                    max=self.max_instalments,
                    count=instalment_count,
                )
            )
        if not problems and not self._instalment_amounts(share_count, instalment_count):
            problems.append(
                self.env._(
                    "%(name)s is paid by %(percent)s %% at once: choose fewer "
                    "instalments.",
                    name=self.name,
                    percent=self.first_payment_percent,
                )
            )
        return problems
