# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models

#: What may be done for a reason: (model, method that takes the reason).
OPERATIONS = {
    ("telecom.usage.file", "back_out"),
    ("telecom.usage.suspense", "discard"),
    ("telecom.usage.event", "discard"),
    ("telecom.usage.rejection", "discard"),
}


class TelecomUsageReason(models.TransientModel):
    """Ask why, before something is done that must be explained later."""

    _name = "telecom.usage.reason"
    _description = "Reason"

    model_name = fields.Char(required=True, readonly=True)
    operation = fields.Char(required=True, readonly=True)
    record_ids = fields.Json(required=True, readonly=True)
    record_count = fields.Integer(string="Records", compute="_compute_record_count")
    reason = fields.Char(required=True)

    def _compute_record_count(self):
        for wizard in self:
            wizard.record_count = len(wizard.record_ids or [])

    @api.model
    def _ask(self, records, operation, title):
        """Return the action that asks for the reason to do an operation.

        :param records: of a model of ``OPERATIONS``
        :param str operation: name of its method
        :param str title: what people call the operation
        """
        self.check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_model_name": records._name,
                "default_operation": operation,
                "default_record_ids": records.ids,
            },
        }

    def action_confirm(self):
        """Do it, for the reason given."""
        self.ensure_one()
        if (self.model_name, self.operation) not in OPERATIONS:
            raise ValueError(f"{self.model_name}.{self.operation} takes no reason")
        records = self.env[self.model_name].browse(self.record_ids)
        getattr(records, self.operation)(self.reason)
        return {
            "type": "ir.actions.act_window_close",
            "infos": {"done": True},
        }
