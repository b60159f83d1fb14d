# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models


class TelecomMandateAmendment(models.Model):
    """What a mandate said when the payer's bank saw it last.

    Waiting rows go into the next debit's file, once. Several changes before that are
    one: the oldest value is what the bank knows.
    """

    _name = "telecom.mandate.amendment"
    _description = "Amendment of a mandate"
    _order = "id desc"
    _rec_name = "kind"
    _check_company_auto = True

    mandate_id = fields.Many2one(
        "account.banking.mandate", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="mandate_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("account", "Another IBAN"),
            ("reference", "Another reference"),
            ("creditor", "Another creditor"),
        ],
        required=True,
    )
    old_value = fields.Char(required=True)
    old_name = fields.Char(string="Old creditor")
    new_value = fields.Char(required=True)
    changed_date = fields.Date(required=True, string="Changed")
    payment_line_id = fields.Many2one(
        "account.payment.line",
        string="Told with",
        index="btree_not_null",
        ondelete="set null",
        help="The debit in whose file the bank is told.",
    )
    sent_date = fields.Date(string="Told on")

    _one_waiting = models.UniqueIndex(
        "(mandate_id, kind) WHERE sent_date IS NULL",
        "This change of the mandate waits to be told already.",
    )

    @api.model
    def _note(self, mandate, kind, old_value, new_value):
        """Remember a change; one that leads back to what the bank knows is dropped.

        :param mandate: account.banking.mandate
        :param str kind: account or reference
        """
        waiting = self.sudo().search(
            [
                ("mandate_id", "=", mandate.id),
                ("kind", "=", kind),
                ("sent_date", "=", False),
            ]
        )
        if not waiting:
            return self.sudo().create(
                {
                    "mandate_id": mandate.id,
                    "kind": kind,
                    "old_value": old_value,
                    "new_value": new_value,
                    "changed_date": mandate.company_id._telecom_today(),
                }
            )
        if waiting.old_value == new_value and not waiting.payment_line_id:
            waiting.unlink()
        else:
            waiting.new_value = new_value
        return waiting

    @api.model
    def _tell_again(self, debits):
        """Let changes wait once more whose debits no payer's bank has seen.

        A later change of the same kind, which waits already, begins where the bank's
        knowledge ends.

        :param debits: account.payment.line that were rejected on their way
        """
        for told in self.sudo().search([("payment_line_id", "in", debits.ids)]):
            waiting = self.sudo().search(
                [
                    ("mandate_id", "=", told.mandate_id.id),
                    ("kind", "=", told.kind),
                    ("sent_date", "=", False),
                    ("id", "!=", told.id),
                ]
            )
            if waiting:
                waiting.write({"old_value": told.old_value, "old_name": told.old_name})
            else:
                told.write({"sent_date": False, "payment_line_id": False})
