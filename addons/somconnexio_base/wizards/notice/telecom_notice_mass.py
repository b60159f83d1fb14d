# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

COUNTS = ("total", "told", "refused", "unreachable", "to_tell")


class TelecomNoticeMass(models.TransientModel):
    """Tell many people something at once: to whom, what, and how many that makes."""

    _name = "telecom.notice.mass"
    _description = "Mass notice"

    kind_id = fields.Many2one(
        "telecom.notice.kind",
        string="What",
        required=True,
        domain=[("is_sent_outside", "!=", True)],
    )
    model = fields.Char(related="kind_id.model", string="Model name")
    domain = fields.Char(
        string="To whom",
        required=True,
        default="[]",
        help="The records whose people are told.",
    )
    window_key = fields.Char(
        string="Occasion",
        required=True,
        help="A name of this sending, such as 2026-11 works. Who was told under this"
        " name is not told again, however often you press the button.",
    )
    total = fields.Integer(string="Found", compute="_compute_counts")
    told = fields.Integer(string="Told already", compute="_compute_counts")
    refused = fields.Integer(string="Refuse this purpose", compute="_compute_counts")
    unreachable = fields.Integer(string="Without address", compute="_compute_counts")
    to_tell = fields.Integer(string="Will be told", compute="_compute_counts")

    @api.onchange("kind_id")
    def _onchange_kind_id(self):
        self.domain = "[]"

    @api.depends("kind_id", "domain", "window_key")
    def _compute_counts(self):
        for wizard in self:
            counts = dict.fromkeys(COUNTS, 0)
            if wizard.kind_id and wizard.domain:
                counts = self.env["telecom.notice"]._count_audience(
                    wizard.kind_id, wizard._audience_domain(), wizard.window_key or ""
                )
            wizard.update(counts)

    def _audience_domain(self):
        """Return the records that were chosen.

        :raise UserError: when the text is no domain of the model
        """
        try:
            domain = Domain(literal_eval(self.domain or "[]"))
            domain.validate(self.env[self.model])
        except (ValueError, SyntaxError, TypeError) as error:
            raise UserError(
                self.env._(
                    "“To whom” is no filter of %(model)s: %(error)s",
                    model=self.model,
                    error=error,
                )
            ) from error
        return domain

    def action_send(self):
        """Put a notice for each person into the queue; say how many."""
        self.ensure_one()
        if not (self.window_key or "").strip():
            raise UserError(self.env._("Give this sending a name."))
        count = self.env["telecom.notice"]._announce_domain(
            self.kind_id.code, self._audience_domain(), self.window_key.strip()
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "warning",
                "message": self.env._("%s notices were written down.", count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
