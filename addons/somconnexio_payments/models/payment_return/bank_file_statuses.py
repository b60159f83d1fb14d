# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from odoo.addons.somconnexio_base.file_reading.errors import FileError

from ...bank_files.pain_002 import REJECTED


class TelecomBankFile(models.Model):
    """Answers to our orders."""

    _inherit = "telecom.bank.file"

    status_ids = fields.One2many(
        "telecom.order.status", "file_id", string="Answers", readonly=True
    )

    def _load_statuses(self, statuses):
        """Keep the answers of a pain.002.

        :param list statuses: ``bank_files.records.Status``
        :raise FileError: ``order_unknown``
        """
        message_id = statuses[0].message_id
        order = self.env["account.payment.order"].search(
            [
                ("company_id", "=", self.company_id.id),
                "|",
                ("sepa_message_id", "=", message_id),
                ("name", "=", message_id),
            ],
            limit=1,
        )
        if not order:
            raise FileError("order_unknown", found=message_id)
        self.env["telecom.order.status"].sudo().create(
            [self._status_vals(status, order) for status in statuses]
        )

    def _status_vals(self, status, order):
        return {
            "file_id": self.id,
            "company_id": self.company_id.id,
            "order_id": order.id,
            "level": status.level,
            "status": status.status,
            "is_rejected": status.status == REJECTED,
            "batch_reference": status.batch_id,
            "end_to_end_reference": status.end_to_end_id,
            "bank_reference": status.bank_reference,
            "amount": float(status.amount or 0),
            "reason_code": status.reason,
            "reason_text": status.reason_text,
        }
