# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

MANAGER = "somconnexio_base.group_telecom_billing_manager"
ACTIVITY = "mail.mail_activity_data_warning"


class TelecomUsageFile(models.Model):
    """A file in quarantine is somebody's task until it is loaded."""

    _name = "telecom.usage.file"
    _inherit = ["telecom.usage.file", "mail.activity.mixin"]

    def _quarantine(self, error):
        """Override of this addon: tell who has to deal with it."""
        super()._quarantine(error)
        user = self._responsible()
        if not user:
            return
        summary = self.env._("Usage file in quarantine")
        known = self.activity_reschedule([ACTIVITY], new_user_id=user.id)
        if known:
            known.note = self.error_message
            return
        self.activity_schedule(
            ACTIVITY, summary=summary, note=self.error_message, user_id=user.id
        )

    def _responsible(self):
        """Return the format's responsible, or else the company's first manager."""
        if self.format_id.responsible_id:
            return self.format_id.responsible_id
        manager = self.env.ref(MANAGER)
        domain = [
            ("all_group_ids", "in", manager.ids),
            ("company_ids", "in", self.company_id.ids),
        ]
        return self.env["res.users"].sudo().search(domain, order="id", limit=1)

    def _load_locked(self, decoding):
        """Override of this addon: the task is done once the file is loaded."""
        result = super()._load_locked(decoding)
        if self.state == "loaded":
            self.activity_unlink([ACTIVITY])
        return result


class TelecomUsageFormat(models.Model):
    """Who is told when a file of this format is put into quarantine."""

    _inherit = "telecom.usage.format"

    responsible_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        help="Gets an activity when a file of this format is put into quarantine."
        " Empty: the company's first billing manager.",
    )
