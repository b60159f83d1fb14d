# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...cooperative import ledger
from .membership_capital import BALANCE_FIELDS


class CooperativeShareMovement(models.Model):
    """One change of a member's share capital. Rows are added, never changed.

    What a kind does to the balances is in ``cooperative.ledger``. ``key`` is unique:
    nothing is subscribed, paid or refunded twice, whoever tries.
    """

    _name = "cooperative.share.movement"
    _description = "Movement of Share Capital"
    _inherit = ["telecom.append.only.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    membership_id = fields.Many2one(
        "cooperative.membership",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Member", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    share_class_id = fields.Many2one(
        "cooperative.share.class",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("opening", "Opening balance"),
            ("subscription", "Subscription"),
            ("call", "Called"),
            ("payment", "Payment"),
            ("payment_return", "Payment returned"),
            ("transfer_in", "Received from a member"),
            ("transfer_out", "Given to a member"),
            ("reduction", "Cancelled on leaving"),
            ("refund", "Refunded"),
        ],
        required=True,
        index=True,
    )
    date = fields.Date(required=True, index=True, help="Civil day it takes effect.")
    share_count = fields.Integer(string="Shares")
    subscribed_amount = fields.Monetary(string="Subscribed")
    called_amount = fields.Monetary(string="Called")
    paid_amount = fields.Monetary(string="Paid")
    refundable_amount = fields.Monetary(string="To be refunded")
    other_membership_id = fields.Many2one(
        "cooperative.membership",
        string="To or from",
        check_company=True,
        ondelete="restrict",
    )
    call_id = fields.Many2one(
        "cooperative.capital.call",
        string="Instalment",
        index="btree_not_null",
        ondelete="restrict",
    )
    leaving_id = fields.Many2one(
        "cooperative.leaving", index="btree_not_null", ondelete="restrict"
    )
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty for opening balances, which the accounts had before.",
    )
    key = fields.Char(required=True, help="What makes this movement the only one.")
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")

    _key_unique = models.Constraint(
        "UNIQUE (company_id, key)",
        "This movement of share capital has been written before.",
    )
    _has_entry = models.Constraint(
        "CHECK (kind = 'opening' OR move_id IS NOT NULL)",
        "Each movement of share capital has a journal entry.",
    )

    @api.depends("kind", "date", "membership_id.number")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for movement in self:
            parts = (
                labels.get(movement.kind),
                movement.membership_id.display_name,
                fields.Date.to_string(movement.date),
            )
            movement.display_name = " · ".join(filter(None, parts))

    def _append_only_message(self):
        """Override to say how a wrong movement is corrected."""
        return self.env._(
            "Movements of share capital are never changed or deleted. Correct a wrong "
            "one by another movement."
        )

    @api.model
    def _append(self, membership, share_class, kind, effect, date, key, **links):
        """Add one movement with its journal entry, in the name of the user.

        Nobody has the right to create them by hand, so that books and accounts agree.

        :param ledger.Effect effect: what it adds to the balances
        :param date date: civil day it takes effect
        :param str key: unique in the company
        :param links: ``call_id``, ``leaving_id``, ``other_membership_id``, ``move_id``
            (ids); ``counter_account`` (account.account) and ``due_date`` of the entry
        :return: the movement
        """
        row = (membership, share_class, kind, effect, date, key, links)
        return self._append_all([row])

    @api.model
    def _append_all(self, rows):
        """Add movements with a journal entry each, created and posted together.

        :param rows: list of what :meth:`_append` takes, the links as a dict
        :return: the movements, in the order of the rows
        """
        self._check_keys_free(rows[0][0].company_id, [row[5] for row in rows])
        vals_list, entries = [], []
        for membership, share_class, kind, effect, date, key, links in rows:
            links = dict(links)
            counter = links.pop("counter_account", None)
            due_date = links.pop("due_date", None)
            vals = self._prepare_vals(membership, share_class, kind, effect, date, key)
            vals_list.append({**vals, **links})
            if kind not in ledger.KINDS_WITHOUT_ENTRY and not links.get("move_id"):
                lines = self._entry_lines(
                    membership, share_class, effect, counter, due_date
                )
                label = self._entry_label(kind, membership)
                entries.append((vals_list[-1], (date, label, lines)))
        moves = self._post_entries(
            rows[0][0].company_id, [entry for _vals, entry in entries]
        )
        for (vals, _entry), move in zip(entries, moves, strict=True):
            vals["move_id"] = move.id
        return self._insert(vals_list)

    @api.model
    def _append_transfer(self, giver, receiver, share_class, effect, date, key):
        """Add the two movements of a transfer, with one journal entry for both."""
        company = giver.company_id
        self._check_keys_free(company, [f"{key}:out"])
        lines = self._transfer_lines(giver, receiver, share_class, effect)
        label = self._entry_label("transfer_out", giver)
        move = self._post_entries(company, [(date, label, lines)])
        vals_list = []
        for membership, other, kind, part, suffix in (
            (giver, receiver, "transfer_out", -effect, "out"),
            (receiver, giver, "transfer_in", effect, "in"),
        ):
            vals = self._prepare_vals(
                membership, share_class, kind, part, date, f"{key}:{suffix}"
            )
            vals_list.append(
                {**vals, "move_id": move.id, "other_membership_id": other.id}
            )
        return self._insert(vals_list)

    def _prepare_vals(self, membership, share_class, kind, effect, date, key):
        """Return the values of a movement without its links."""
        return {
            "membership_id": membership.id,
            "partner_id": membership.partner_id.id,
            "company_id": membership.company_id.id,
            "share_class_id": share_class.id,
            "kind": kind,
            "date": date,
            "key": key,
            **dict(zip(BALANCE_FIELDS, effect, strict=True)),
        }

    def _check_keys_free(self, company, keys):
        """Say in words what the database would refuse with its UNIQUE key."""
        taken = self.sudo().search(
            [("company_id", "=", company.id), ("key", "in", keys)], limit=1
        )
        if taken:
            raise UserError(self.env._("This has been booked before (%s).", taken.key))
