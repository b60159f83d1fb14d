# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ...cooperative import ledger

MOST_AMOUNT = Decimal(1_000_000_000)


class CooperativeMembership(models.Model):
    """Members who left before this system, and are still owed their contributions."""

    _inherit = "cooperative.membership"

    def _check_row_refund(self, place, row, classes):
        """Read what is owed to who has left; the class of a row is found.

        :raise UserError: when anybody else would be owed, or a wrong amount
        """
        if not row.get("refundable_amount"):
            return
        share_class = self._row_share_class(place, row.get("share_class"), classes)
        amount = self._row_number(place, row, "refundable_amount")
        has_left = row["kind"] == "member" and row.get("left_date")
        due_date = row.get("refund_due_date") or row.get("left_date")
        is_exact = amount == amount.quantize(share_class._cent())
        if not has_left or amount <= 0 or not is_exact or due_date < row["left_date"]:
            raise UserError(
                self.env._(
                    "Row %(row)s: a refundable_amount of %(amount)s. It is for members "
                    "with a left_date, more than nothing, in whole cents, and refunded "
                    "after they left.",
                    row=place,
                    amount=amount,
                )
            )
        row["share_class"] = share_class
        row["refundable_amount"] = amount

    def _row_number(self, place, row, name):
        """Return a number of a row as Decimal.

        :raise UserError: naming row and column
        """
        try:
            number = Decimal(str(row[name]))
        except ArithmeticError:
            number = None
        if number is None or not number.is_finite() or abs(number) > MOST_AMOUNT:
            raise UserError(
                self.env._(
                    "Row %(row)s: %(column)s %(value)s is no number.",
                    row=place,
                    column=name,
                    value=row[name],
                )
            )
        return number

    def _take_over_refunds(self, memberships, rows):
        """Write what is owed as opening balances, and the leavings it comes of."""
        owed = [
            (membership, row)
            for membership, row in zip(memberships, rows, strict=True)
            if row.get("refundable_amount")
        ]
        leavings = self.env["cooperative.leaving"]._create_guarded(
            [membership._refund_leaving_vals(row) for membership, row in owed]
        )
        Movement = self.env["cooperative.share.movement"]
        vals_list = []
        for leaving, (membership, row) in zip(leavings, owed, strict=True):
            vals = Movement._prepare_vals(
                membership,
                row["share_class"],
                "opening",
                ledger.Effect(refundable=row["refundable_amount"]),
                fields.Date.to_date(row["left_date"]),
                f"opening:{membership.id}:{row['share_class'].id}",
            )
            vals_list.append({**vals, "leaving_id": leaving.id})
        Movement._insert(vals_list)

    def _refund_leaving_vals(self, row):
        """Return the values of a leaving that only waits for its refund."""
        vals = {
            "membership_id": self.id,
            "state": "effective",
            "reason": row.get("leaving_reason") or "voluntary",
            "notice_date": row["left_date"],
            "effective_date": row["left_date"],
            "refund_amount": float(row["refundable_amount"]),
        }
        if row.get("refund_due_date"):
            vals["refund_due_date"] = row["refund_due_date"]
        return vals
