# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The file of one account of the creditor: kept with its fingerprint."""

from hashlib import sha256

from odoo import fields, models
from odoo.exceptions import UserError

from ...sepa import charset
from .debit_run import ACCOUNTANT


class AccountPaymentOrder(models.Model):
    """The file of one account of the creditor."""

    _inherit = "account.payment.order"

    sepa_message_id = fields.Char(
        string="Message",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="MsgId of the file; the bank's answers name it.",
    )
    sepa_created_at = fields.Char(readonly=True, copy=False)
    sepa_version = fields.Char(string="Format", readonly=True, copy=False)
    sepa_creditor = fields.Json(
        readonly=True, copy=False, help="What the file says of the creditor."
    )
    sepa_sha256 = fields.Char(
        string="Fingerprint of the file", readonly=True, copy=False
    )
    sepa_control_sum = fields.Monetary(
        string="Control sum of the file",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        help="CtrlSum, read back from the bytes that the bank gets.",
    )

    _sepa_message_unique = models.UniqueIndex(
        "(company_id, sepa_message_id) WHERE sepa_message_id IS NOT NULL",
        "Another file has this message id.",
    )

    def action_download_debit_file(self):
        """Hand out the file after comparing it with its fingerprint.

        :raise AccessError: for who is no accountant: it names payers' accounts
        """
        self.ensure_one()
        self.check_access("read")
        self.debit_run_id._check_role((ACCOUNTANT,))
        attachment = self.payment_file_id
        if not attachment:
            raise UserError(self.env._("%s has no file yet.", self.name))
        if sha256(attachment.raw).hexdigest() != self.sepa_sha256:
            raise UserError(
                self.env._(
                    "The file of %s was altered since it was written: do not send it."
                    " Press “Write again”, and find out who can write to the disk.",
                    self.name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "new",
        }

    def action_write_debit_file_again(self):
        """Write the file anew, byte for byte what was written before."""
        self.ensure_one()
        self.debit_run_id._begin((ACCOUNTANT,), "filed", "sent", "booked", "closed")
        order = self.sudo()
        content = order._debit_file_bytes()
        if sha256(content).hexdigest() != order.sepa_sha256:
            raise UserError(
                self.env._(
                    "What %s debits is not what its file said. Send the file that you"
                    " have, or cancel the run and make another one.",
                    self.name,
                )
            )
        order._keep_debit_file(content)
        return self.action_download_debit_file()

    def _write_debit_file(self, now):
        """Name the message, write its file, check and keep it.

        :param datetime now: UTC instant of creation
        """
        company = self.company_id
        self._run_passed().write(
            {
                "sepa_message_id": charset.clean(self.name, 30),
                "sepa_created_at": now.replace(microsecond=0).isoformat(),
                "sepa_version": company.telecom_debit_version,
                "sepa_creditor": self._debit_creditor_terms(),
                "date_generated": company._telecom_today(),
            }
        )
        content = self._debit_file_bytes()
        control_sum = self._check_debit_file(content)
        self._run_passed().write(
            {
                "sepa_sha256": sha256(content).hexdigest(),
                "sepa_control_sum": control_sum,
            }
        )
        self._keep_debit_file(content)

    def _keep_debit_file(self, content):
        """Attach the file to the order."""
        self.payment_file_id.unlink()
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.sepa_message_id}.xml",
                "raw": content,
                "mimetype": "application/xml",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._run_passed().payment_file_id = attachment
