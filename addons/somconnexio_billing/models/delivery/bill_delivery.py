# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What became of each bill after it was posted: mailed, printed, published."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..bill_run import stages

STATES = [
    ("waiting", "Waiting"),
    ("sending", "Being sent"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("bounced", "Bounced"),
    ("unclear", "Unclear"),
    ("opted_out", "Refuses mail"),
    ("to_print", "To print"),
    ("printed", "Printed"),
    ("portal", "In the portal"),
]
#: States of a mail that a person may send once more.
REPEATABLE_STATES = ("failed", "bounced", "unclear", "opted_out")


class TelecomBillDelivery(models.Model):
    """How one bill reaches its payer. One row per bill, and so one mail per bill.

    *Unclear* is a mail whose sending was interrupted after the mail server began to
    listen: it may have arrived. Nobody but a person sends it once more.
    """

    _name = "telecom.bill.delivery"
    _description = "Bill delivery"
    _order = "id"
    _rec_name = "move_id"
    _check_company_auto = True

    move_id = fields.Many2one(
        "account.move",
        "Bill",
        required=True,
        readonly=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    bill_run_id = fields.Many2one("telecom.bill.run", readonly=True, index=True)
    billing_account_id = fields.Many2one(
        "telecom.billing.account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="billing_account_id.partner_id")
    channel = fields.Selection(
        [("email", "E-mail"), ("portal", "Portal only"), ("post", "Post")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="waiting", index=True
    )
    recipients = fields.Char(
        readonly=True, help="The addresses that it was sent to, at the last attempt."
    )
    attempt_count = fields.Integer("Attempts", readonly=True)
    sending_at = fields.Datetime("Last attempt", readonly=True)
    sent_at = fields.Datetime(
        readonly=True, help="When the outgoing mail server accepted it."
    )
    reason = fields.Char(readonly=True, help="Why it is not sent.")
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _move_unique = models.Constraint("UNIQUE (move_id)", "Each bill is delivered once.")

    def action_send_again(self):
        """Send mails once more that did not arrive, or may not have."""
        deliveries = self._checked()
        others = deliveries.filtered(
            lambda delivery: (
                delivery.channel != "email" or delivery.state not in REPEATABLE_STATES
            )
        )
        if others:
            raise UserError(
                self.env._(
                    "%(bill)s is “%(state)s”: only a mail that failed, bounced, was"
                    " refused or is unclear can be sent again.",
                    bill=others[0].display_name,
                    state=dict(STATES)[others[0].state],
                )
            )
        deliveries.write({"state": "waiting", "reason": False})
        deliveries._queue()
        return True

    def action_view_bill(self):
        """Open the bill."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def _checked(self):
        """Check role and rules; return the deliveries with the machine's rights."""
        self.check_access("read")
        for run in self.bill_run_id:
            run._check_role(stages.BY_CODE["deliver"])
        deliveries = self.sudo()
        deliveries.lock_for_update()
        return deliveries

    def _note(self, state, reason=False, **values):
        """Write what became of deliveries, and why."""
        reason = reason and str(reason)[:500]
        self.write({"state": state, "reason": reason, **values})

    def _note_bounce(self, address):
        """Note that mails came back from an address, here and on the account."""
        reason = self.env._("The mail came back from %s.", address)
        self._note("bounced", reason)
        self.billing_account_id.write({"bill_email_bounced": address})
