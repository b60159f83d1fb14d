# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import ledger

#: What a row of :meth:`take_over` may hold.
ROW_FIELDS = frozenset(
    {
        "partner_id",
        "kind",
        "number",
        "admitted_date",
        "joined_date",
        "left_date",
        "leaving_reason",
        "sponsor_code",
        "sponsor_id",
        "agreement_id",
        "representative_id",
        "partner_bank_id",
        "share_class",
        "share_count",
        "paid_amount",
        "remaining_instalments",
        "next_due_date",
        "refundable_amount",
        "refund_due_date",
    }
)
CAPITAL_FIELDS = frozenset(
    {
        "share_class",
        "share_count",
        "paid_amount",
        "remaining_instalments",
        "next_due_date",
        "refundable_amount",
        "refund_due_date",
    }
)


class CooperativeMembership(models.Model):
    """Members who joined before this system, with the capital they hold."""

    _inherit = "cooperative.membership"

    @api.model
    def take_over(self, rows):
        """Write down memberships that already run, or ran, somewhere else.

        Capital comes as opening balances: they have no journal entry, for the accounts
        hold their sum already.

        :param rows: list of dicts with the names of ``ROW_FIELDS``: ids of records,
            ISO dates, ``share_class`` a code (the first class when left out),
            ``share_count`` shares of which ``paid_amount`` has been paid (all when
            left out); what is not paid is called in ``remaining_instalments`` from
            ``next_due_date`` on. The shares of who has left are no more: what they are
            still owed is ``refundable_amount``, from ``refund_due_date`` on (after the
            term of the statutes when left out)
        :return: list of the ids of the new memberships, in the order of the rows
        :raise UserError: naming the row, what is wrong and what to do; nothing is kept
        """
        self.browse()._require_group("admin")
        classes = self.env["cooperative.share.class"].search(
            [("company_id", "=", self.env.company.id)]
        )
        rows = [
            self._checked_row(place, row, classes) for place, row in enumerate(rows, 1)
        ]
        vals_list = [self._take_over_vals(row) for row in rows]
        self._fill_sponsor_codes(vals_list)
        quiet = self.with_context(tracking_disable=True, mail_create_nolog=True)
        memberships = quiet._create_guarded(vals_list).with_env(self.env)
        memberships.flush_recordset()
        self._take_over_capital(memberships, rows)
        self._take_over_refunds(memberships, rows)
        self._count_on(memberships)
        return memberships.ids

    def _count_on(self, memberships):
        """Let new numbers begin after those that were taken over."""
        company = self.env.company
        for is_member, group in memberships.grouped(
            lambda membership: membership.kind == "member"
        ).items():
            code = self._name if is_member else f"{self._name}.user"
            sequence = self.env["ir.sequence"]._of_company(code, company)
            numbers = [
                name.removeprefix(sequence.prefix or "")
                for name in group.mapped("number")
            ]
            highest = max((int(name) for name in numbers if name.isdigit()), default=0)
            if highest >= sequence.number_next_actual:
                sequence.number_next_actual = highest + 1

    def _checked_row(self, place, row, classes):
        """Return a row with its amount read and its class found.

        :param classes: the share classes of the company
        :raise UserError: naming the row
        """
        row = dict(row)
        unknown = row.keys() - ROW_FIELDS
        missing = {"partner_id", "kind", "number", "joined_date"} - {
            name for name, value in row.items() if value
        }
        if unknown or missing:
            raise UserError(
                self.env._(
                    "Row %(row)s: unknown %(unknown)s; missing %(missing)s.",
                    row=place,
                    unknown=", ".join(sorted(unknown)) or "-",
                    missing=", ".join(sorted(missing)) or "-",
                )
            )
        if row.get("share_count"):
            code = row.get("share_class")
            row["share_class"] = self._row_share_class(place, code, classes)
            self._check_row_capital(place, row)
        self._check_row_refund(place, row, classes)
        return row

    def _row_share_class(self, place, code, classes):
        """Return the share class with a code, the first of all without one.

        :raise UserError: naming row and code when there is none
        """
        if isinstance(code, type(classes)):
            return code
        found = classes.filtered(lambda one: one.code == code) if code else classes
        if not found:
            raise UserError(
                self.env._(
                    "Row %(row)s: no share class has the code %(code)s. Make "
                    "one in Configuration, Share classes.",
                    row=place,
                    code=code or "",
                )
            )
        return found[0]

    def _check_row_capital(self, place, row):
        """Raise when the capital of a row does not add up."""
        total = row["share_class"].amount_of(row["share_count"])
        row.setdefault("paid_amount", total)
        paid = row["paid_amount"] = self._row_number(place, row, "paid_amount")
        has_plan = row.get("remaining_instalments") and row.get("next_due_date")
        is_open = paid < total and not row.get("left_date")
        if (
            row["kind"] != "member"
            or not 0 <= paid <= total
            or is_open != bool(has_plan)
        ):
            raise UserError(
                self.env._(
                    "Row %(row)s: %(paid)s of %(total)s paid. Only members hold any. "
                    "What is not paid needs remaining_instalments and next_due_date, "
                    "what is paid needs none.",
                    row=place,
                    paid=paid,
                    total=total,
                )
            )

    def _take_over_vals(self, row):
        """Return the values of one membership."""
        vals = {name: row[name] for name in row.keys() - CAPITAL_FIELDS}
        vals.setdefault("admitted_date", vals["joined_date"])
        return {
            **vals,
            "company_id": self.env.company.id,
            "state": "left" if row.get("left_date") else "active",
        }

    def _fill_sponsor_codes(self, vals_list):
        """Give a code to the members who have none, in one draw."""
        without = [
            vals
            for vals in vals_list
            if vals["kind"] == "member" and not vals.get("sponsor_code")
        ]
        codes = self._draw_sponsor_codes(self.env.company, len(without))
        for vals, code in zip(without, codes, strict=True):
            vals["sponsor_code"] = code

    def _take_over_capital(self, memberships, rows):
        """Write the opening balances, and the instalments that are still to come."""
        Movement = self.env["cooperative.share.movement"]
        held = [
            (membership, row)
            for membership, row in zip(memberships, rows, strict=True)
            if row.get("share_count") and not row.get("left_date")
        ]
        movements = Movement._insert(
            [
                Movement._prepare_vals(
                    membership,
                    row["share_class"],
                    "opening",
                    self._opening_effect(row),
                    fields.Date.to_date(row["joined_date"]),
                    f"opening:{membership.id}:{row['share_class'].id}",
                )
                for membership, row in held
            ]
        )
        vals_list = []
        for movement, (membership, row) in zip(movements, held, strict=True):
            if row.get("remaining_instalments"):
                vals_list += membership._take_over_calls(movement, row)
        self.env["cooperative.capital.call"]._create_guarded(vals_list)

    def _opening_effect(self, row):
        """Return what the opening balance of a row adds."""
        total = row["share_class"].amount_of(row["share_count"])
        return ledger.Effect(
            row["share_count"], total, row["paid_amount"], row["paid_amount"]
        )

    def _take_over_calls(self, movement, row):
        """Return the values of the instalments that a member still has to pay."""
        rest = Decimal(str(movement.subscribed_amount)) - row["paid_amount"]
        return self._call_vals(
            movement,
            rest.quantize(movement.share_class_id._cent()),
            row["remaining_instalments"],
            fields.Date.to_date(row["next_due_date"]),
        )
