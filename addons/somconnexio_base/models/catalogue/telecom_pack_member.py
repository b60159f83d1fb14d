# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

# Compared by identity: no RPC client can put this object into a context.
PACK_PASS = object()


class TelecomPackMember(models.Model):
    """A subscription in a pack, from a day on and until another.

    Written by the operations on subscriptions only, so that what the siblings get
    agrees with who is in the pack. A pending subscription has no first day yet: it
    begins to count when it is activated.
    """

    _name = "telecom.pack.member"
    _description = "Subscription in a Pack"
    _order = "group_id, slot_id, start_date, id"
    _rec_name = "subscription_id"

    group_id = fields.Many2one(
        "telecom.pack.group", required=True, index=True, ondelete="cascade"
    )
    pack_id = fields.Many2one(related="group_id.pack_id", store=True, index=True)
    company_id = fields.Many2one(related="group_id.company_id", store=True)
    slot_id = fields.Many2one(
        "telecom.pack.slot", string="Part", required=True, ondelete="restrict"
    )
    subscription_id = fields.Many2one(
        "contract.contract", required=True, index=True, ondelete="cascade"
    )
    telecom_state = fields.Selection(related="subscription_id.telecom_state")
    telecom_offering_id = fields.Many2one(related="subscription_id.telecom_offering_id")
    line_ids = fields.One2many("contract.line", "telecom_pack_member_id")
    start_date = fields.Date(help="First civil day. Empty: from its activation on.")
    end_date = fields.Date(help="First civil day on which it is no longer in the pack.")

    _dates = models.Constraint(
        "CHECK (start_date IS NULL OR end_date IS NULL OR start_date < end_date)",
        "A subscription is in a pack for a day at least: correct the dates.",
    )
    _one_pack_at_a_time = models.Constraint(
        "EXCLUDE USING gist ("
        "int4range(subscription_id, subscription_id, '[]') WITH &&, "
        "daterange(start_date, end_date) WITH &&)",
        "A subscription is in one pack at a time: let it leave the other first.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse whoever does not come by an operation."""
        self._check_pass()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse whoever does not come by an operation."""
        self._check_pass()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_operation(self):
        self._check_pass()

    def _check_pass(self):
        """Raise unless an operation, or an administrator who takes over, writes."""
        is_admin = self.env.su or self.env.user.has_group(
            "somconnexio_base.group_telecom_admin"
        )
        if self.env.context.get("telecom_pack_pass") is not PACK_PASS and not is_admin:
            raise UserError(
                self.env._(
                    "Members of packs are not written: use Join or leave a pack on the "
                    "subscription, so that the other members get what is theirs."
                )
            )

    def _on(self, day):
        """Return the members that are in the pack on a civil day."""
        return self.filtered(
            lambda member: (
                member.start_date
                and member.start_date <= day
                and (not member.end_date or member.end_date > day)
            )
        )

    def _count_by_slot(self):
        """Return a Counter of slot id -> number of members."""
        return Counter(member.slot_id.id for member in self)
