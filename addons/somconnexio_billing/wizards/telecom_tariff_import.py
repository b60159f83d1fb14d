# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from base64 import b64decode
from contextlib import contextmanager
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.somconnexio_base.spreadsheet import TableError

from .. import sql_steps
from ..models.tariff_document.bulk_rows import as_json
from ..models.tariff_document.destination_table import DestinationTable
from ..models.tariff_document.document_import import DocumentImport
from ..models.tariff_document.rate_table import RateTable
from ..models.tariff_document.table_difference import Difference
from ..tariff_document import DocumentError, parse

WRITTEN_MODELS = {
    "document": ("telecom.tariff", "telecom.tariff.rate", "telecom.destination"),
    "rates": ("telecom.tariff.rate", "telecom.tariff.tier"),
    "destinations": ("telecom.destination", "telecom.destination.prefix"),
}


class TelecomTariffImport(models.TransientModel):
    """Bring in tariffs from a file: first what it would change, then the change."""

    _name = "telecom.tariff.import"
    _description = "Import of tariffs"
    _rec_name = "file_name"

    kind = fields.Selection(
        [
            ("rates", "Rates of a tariff (XLSX, CSV)"),
            ("destinations", "Destinations (XLSX, CSV)"),
            ("document", "A whole tariff (JSON)"),
        ],
        string="What",
        required=True,
        default="rates",
    )
    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    tariff_id = fields.Many2one("telecom.tariff")
    valid_from = fields.Date(
        default=fields.Date.context_today,
        help="First day of the new rates; those they replace end on the day before.",
    )
    is_complete = fields.Boolean(
        string="The file is complete",
        help="What is not in the file ends: rates on that day, destinations at once.",
    )
    offering_id = fields.Many2one(
        "product.template",
        domain=[("telecom_kind", "=", "offering")],
        help="Gets the tariff and its allowances. Empty: allowances are left out.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Invoice product",
        domain=[("type", "=", "service")],
        help="Of usage categories that are new, and of a minimum spend.",
    )
    state = fields.Selection(
        [("draft", "File"), ("compared", "Differences")], default="draft"
    )
    fingerprint = fields.Char(readonly=True)
    line_ids = fields.One2many("telecom.tariff.import.line", "import_id", readonly=True)
    added_count = fields.Integer(compute="_compute_counts")
    changed_count = fields.Integer(compute="_compute_counts")
    ended_count = fields.Integer(compute="_compute_counts")

    @api.depends("line_ids")
    def _compute_counts(self):
        counts = {
            (record.id, change): count
            for record, change, count in self.env[
                "telecom.tariff.import.line"
            ]._read_group(
                [("import_id", "in", self.ids)], ["import_id", "change"], ["__count"]
            )
        }
        for record in self:
            for change in ("added", "changed", "ended"):
                record[f"{change}_count"] = counts.get((record.id, change), 0)

    def action_compare(self):
        """Show what the file would change.

        :raise UserError: naming line and column of what can't be read
        """
        self.ensure_one()
        self._check_may_write()
        lines = self._lines()
        self.line_ids.unlink()
        self.env.flush_all()
        sql_steps.run(
            self.env,
            "tariff_document/17_insert_differences",
            import_id=self.id,
            lines=as_json(lines),
            user_id=self.env.uid,
        )
        self.write({"state": "compared", "fingerprint": _fingerprint(lines)})
        self.invalidate_recordset()
        return self._show()

    def action_back(self):
        """Choose the file again."""
        self.ensure_one()
        self.line_ids.unlink()
        self.state = "draft"
        return self._show()

    def action_apply(self):
        """Change what was shown.

        :raise UserError: when somebody changed the tariff since it was compared
        """
        self.ensure_one()
        self._check_may_write()
        if self.kind == "document":
            return self._apply_document()
        with self._told():
            table = self._comparison()
            differences = table.differences(self._content())
            self._check_unchanged(_shown(differences))
            table.apply(differences)
        if self.kind == "rates":
            return self._open(self.tariff_id)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_destination"
        )

    def _apply_document(self):
        self._check_unchanged(self._lines())
        with self._told():
            tariff = self._document_import().run(self.product_id, self.offering_id)
        return self._open(tariff)

    def _check_unchanged(self, lines):
        """Refuse to apply anything else than what was shown."""
        if _fingerprint(lines) != self.fingerprint:
            raise UserError(
                self.env._(
                    "The database has changed since the file was compared. Go back and"
                    " compare again."
                )
            )

    def _lines(self):
        """Return what the file would change, as columns of the lines."""
        with self._told():
            if self.kind == "document":
                document_import = self._document_import()
                document_import.check(self.offering_id)
                return list(document_import.preview())
            return _shown(self._comparison().differences(self._content()))

    def _document_import(self):
        document = parse(self._content())
        if document.plan.allowances and not self.offering_id:
            raise UserError(
                self.env._(
                    "The tariff has allowances: choose the offering they are of."
                )
            )
        if not self.product_id:
            raise UserError(self.env._("Choose the invoice product."))
        return DocumentImport(self.env, document)

    def _comparison(self):
        if self.kind == "destinations":
            return DestinationTable(self.env, self.is_complete)
        if not self.tariff_id or not self.valid_from:
            raise UserError(self.env._("Choose the tariff and the first day."))
        self.tariff_id.check_access("write")
        return RateTable(self.tariff_id, self.valid_from, self.is_complete)

    def _content(self):
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        return b64decode(self.with_context(bin_size=False).file)

    def _check_may_write(self):
        """Refuse who may not write what SQL will write."""
        for model in WRITTEN_MODELS[self.kind]:
            for operation in ("create", "write"):
                self.env[model].check_access(operation)

    @contextmanager
    def _told(self):
        """Show what is wrong with a file to the person who chose it."""
        try:
            yield
        except DocumentError as error:
            raise UserError(error.told(self.env._)) from error
        except TableError as error:
            raise UserError(error.told(self.env._)) from error

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import tariffs"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _open(self, tariff):
        return {
            "type": "ir.actions.act_window",
            "res_model": tariff._name,
            "res_id": tariff.id,
            "view_mode": "form",
        }


def _shown(differences):
    return [Difference.shown(difference) for difference in differences]


def _fingerprint(lines):
    return sha256(as_json(lines).encode()).hexdigest()
