# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64

from odoo import models
from odoo.exceptions import UserError


class AccountStatementImport(models.TransientModel):
    """OCA's upload button goes our way: strict readers, checks, allocation."""

    _inherit = "account.statement.import"

    def _parse_file(self, data_file):
        """Override of OCA: no lenient reader ever sees a file.

        :raise UserError: always; files are taken by ``telecom.bank.file``
        """
        raise UserError(
            self.env._("Bank files are read by “Upload bank files” and nothing else.")
        )

    def _import_file(self):
        """Override of OCA: receive and book the file as a bank file.

        :raise UserError: why the file is refused, or that it is here already
        """
        self.ensure_one()
        File = self.env["telecom.bank.file"]
        before = File.search([], order="id desc", limit=1).id
        files = File.receive(
            base64.b64decode(self.statement_file), self.statement_filename
        )
        for file in files:
            if file.state == "refused":
                raise UserError(
                    self.env._(
                        "%(file)s: %(why)s", file=file.name, why=file.error_message
                    )
                )
            if file.id <= before and file.state == "booked":
                raise UserError(self.env._("%s has been imported already.", file.name))
        files._book_checked()
        return {"statement_ids": files.statement_ids.ids, "notifications": []}
