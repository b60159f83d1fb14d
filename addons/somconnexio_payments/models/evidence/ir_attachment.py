# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

#: Models whose files came from a bank: all of them are kept.
FROM_BANKS = frozenset({"telecom.bank.file", "telecom.payment.gateway.register"})
ORDER, MANDATE = "account.payment.order", "account.banking.mandate"
CONTENT = frozenset(
    {"raw", "datas", "db_datas", "store_fname", "res_model", "res_id", "res_field"}
)


class IrAttachment(models.Model):
    """What a bank sent, what went to a bank and what a payer signed is proof.

    Who may write a record may write and delete its files; these are kept as they are
    until the machine, with the record's own rules, takes them away.
    """

    _inherit = "ir.attachment"

    def write(self, vals):
        """Override of ``base`` to keep the content of proofs."""
        if CONTENT & vals.keys():
            self._check_no_proof()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_proof(self):
        self._check_no_proof()

    def _check_no_proof(self):
        """Raise when a person would change or delete a proof.

        :raise UserError: naming the file
        """
        if self.env.su:
            return
        attachments = self.sudo()
        proofs = (
            attachments.filtered(lambda one: one.res_model in FROM_BANKS)
            | attachments._files_of_orders()
            | attachments._scans_of_signed()
        )
        if proofs:
            raise UserError(
                self.env._(
                    "%s is kept as proof: it can be neither changed nor deleted.",
                    proofs[0].name,
                )
            )

    def _files_of_orders(self):
        """Return those that are the file of a payment order."""
        some = self.filtered(lambda one: one.res_model in (ORDER, False))
        if not some:
            return some
        orders = self.env[ORDER].search([("payment_file_id", "in", some.ids)])
        return orders.payment_file_id & some

    def _scans_of_signed(self):
        """Return those that are the signed form of a mandate."""
        some = self.filtered(
            lambda one: one.res_model == MANDATE and one.res_field == "scan"
        )
        mandates = self.env[MANDATE].browse(some.mapped("res_id")).exists()
        signed = mandates.filtered(lambda one: one.state != "draft")
        return some.filtered(lambda one: one.res_id in signed.ids)
