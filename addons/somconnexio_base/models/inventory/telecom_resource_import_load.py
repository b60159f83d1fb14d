# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import json

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ... import sql_steps

#: More faults than this say nothing more: the file is wrong as a whole.
MAX_SHOWN_FAULTS = 500


class TelecomResourceImport(models.Model):
    """The dry run, and the import of everything or nothing."""

    _inherit = "telecom.resource.import"

    def action_check(self):
        """Read everything and say what is wrong; nothing is imported."""
        for batch in self:
            batch._check_not_done()
            batch._note_check(batch._read_batch())
        return True

    def action_import(self):
        """Import all rows, or none and say what is wrong."""
        self.env["telecom.resource"].check_access("create")
        for record in self:
            record._check_not_done()
            batch = record._read_batch()
            record._note_check(batch)
            if not batch.faults:
                record._insert(batch.rows)
        return True

    def _check_not_done(self):
        """Raise when it has been imported."""
        if self.state == "done":
            raise UserError(
                self.env._(
                    "%(import)s has been imported already.", **{"import": self.name}
                )
            )

    def _note_check(self, batch):
        """Write down how many rows there are and what is wrong with them."""
        file_name = self.file_name if self.source == "file" else self.name
        faults = sorted(batch.faults, key=lambda fault: fault["line"])
        commands = [
            Command.create({**fault, "file_name": file_name})
            for fault in faults[:MAX_SHOWN_FAULTS]
        ]
        self.write(
            {
                "state": "checked",
                "row_count": len(batch.rows),
                "error_count": len(faults),
                "error_ids": [Command.clear(), *commands],
            }
        )

    def _find_existing(self, names):
        """Return those of the values that exist, in one query."""
        self.env["telecom.resource"].flush_model(["kind_id", "name"])
        rows = sql_steps.fetch(
            self.env, "inventory/10_find_existing", kind_id=self.kind_id.id, names=names
        )
        return [row["name"] for row in rows]

    def _insert(self, rows):
        """Insert all rows in one statement.

        :raise UserError: when somebody added one of them since it was checked
        """
        self.flush_recordset()
        count = sql_steps.run(
            self.env,
            "inventory/11_insert_resources",
            rows=json.dumps(rows),
            kind_id=self.kind_id.id,
            provider_id=self.provider_id.id or None,
            company_id=self.company_id.id,
            import_id=self.id,
            user_id=self.env.uid,
            now=fields.Datetime.now(),
        )
        if count != len(rows):
            raise UserError(
                self.env._(
                    "Somebody added some of these at the same time: check the import "
                    "again."
                )
            )
        self.env["telecom.resource"].invalidate_model()
        self.invalidate_recordset(["resource_count"])
        self.write(
            {
                "content": False,
                "imported_at": fields.Datetime.now(),
                "state": "done",
            }
        )
