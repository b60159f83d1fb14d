# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class TelecomNoticeKind(models.Model):
    _inherit = "telecom.notice.kind"

    def _templates(self, records):
        """Override to use the mail that each alert's rule names."""
        if records._name != "telecom.usage.alert":
            return super()._templates(records)
        return records.grouped(
            lambda alert: alert.rule_id.mail_template_id or self.mail_template_id
        )
