# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..mediation.format_document import DocumentError, differences, read_document


class TelecomUsageFormatDocument(models.TransientModel):
    """Usage formats as one JSON file: exported, or imported after a look at it."""

    _name = "telecom.usage.format.document"
    _description = "Usage formats as a file"

    name = fields.Char(string="File name")
    content = fields.Binary(string="File", attachment=False)
    changes = fields.Text(
        compute="_compute_changes", help="What importing the file would change."
    )
    has_changes = fields.Boolean(compute="_compute_changes")
    error_message = fields.Text(compute="_compute_changes")

    @api.depends("content")
    def _compute_changes(self):
        for wizard in self:
            lines, error = [], ""
            try:
                lines = wizard._changes()
            except DocumentError as fault:
                error = wizard._error_text(fault)
            nothing = self.env._("Nothing changes.") if wizard.content else ""
            wizard.has_changes = bool(lines)
            wizard.error_message = error
            wizard.changes = "" if error else "\n".join(lines) or nothing

    def _formats(self):
        content = self.with_context(bin_size=False).content
        return read_document(base64.b64decode(content)) if content else []

    def action_import(self):
        """Make and change formats as the file says, all of them or none; show them.

        :raise UserError: naming the place in the file, or the format, and what to do
        """
        self.ensure_one()
        if not self.content:
            raise UserError(self.env._("Choose a file first."))
        Format = self.env["telecom.usage.format"]
        Format.check_access("write")
        formats = Format.browse()
        try:
            for values in self._formats():
                formats |= Format._apply_document(values)
        except DocumentError as fault:
            raise UserError(self._error_text(fault)) from fault
        except ValueError as error:
            # A selection's value that there is not; Odoo's message names it.
            raise UserError(str(error)) from error
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_usage_format"
        )
        return {**action, "domain": [("id", "in", formats.ids)]}

    def _download(self):
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/content/{self.name}"
            "?download=true",
            "target": "download",
        }

    @api.model
    def _encoded(self, text):
        return base64.b64encode(text.encode())

    def _changes(self):
        return [line for values in self._formats() for line in self._told(values)]

    def _told(self, values):
        """Return what a format of the file would change, in lines people read."""
        current = self.env["telecom.usage.format"]._of_code(values["code"])
        before = current._document_values() if current else None
        name = values["name"]
        return [
            f"{name}: {self._change_text(place, old, new)}"
            for place, old, new in differences(before, values)
        ]

    def _change_text(self, place, old, new):
        if not place:
            return self.env._("is new.")
        Line = self.env["telecom.usage.format.field"]
        if len(place) == 1:
            if place[0] == "fields":
                return self.env._(
                    "order of the fields: %(old)s → %(new)s", old=old, new=new
                )
            label = self._label("telecom.usage.format", place[0])
            return f"{label}: {self._shown(old)} → {self._shown(new)}"
        label = Line._target_label(place[1]) or place[1]
        if len(place) == 2:
            if new is None:
                return self.env._("the field %s goes.", label)
            return self.env._("the field %s is new.", label)
        key = self._label(Line._name, place[2])
        return f"{label}, {key}: {self._shown(old)} → {self._shown(new)}"

    def _label(self, model, name):
        return self.env[model]._fields[name]._description_string(self.env)

    @staticmethod
    def _shown(value):
        if isinstance(value, dict):
            return ", ".join(f"{text}={name}" for text, name in value.items()) or "∅"
        return "∅" if value == "" else f"{value}"

    def _error_text(self, error):
        texts = {
            "not_this_document": self.env._(
                "it must be %(expected)s: this is another kind of file."
            ),
            "too_large": self.env._("more than %(limit)s bytes."),
            "no_json": self.env._("this is no JSON in UTF-8: %(problem)s."),
            "twice": self.env._("%(value)s is there twice."),
            "missing": self.env._("it is missing."),
            "kind": self.env._("it must be written as %(expected)s."),
            "unknown_key": self.env._("there is no such key; known are %(known)s."),
        }
        return f"{error.place}: {texts[error.code] % error.values}"
