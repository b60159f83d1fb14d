# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...mediation.errors import SpecError
from ...mediation.format_document import (
    EXACT,
    FIELD_KEYS,
    FORMAT_KEYS,
    TEXT,
    write_document,
)

SOURCE_LANGUAGE = "en_US"


class TelecomUsageFormat(models.Model):
    """A format as values of a document, and back."""

    _inherit = "telecom.usage.format"

    def action_export(self):
        """Download the chosen formats as one document."""
        formats = self.sorted("code")
        name = formats.code if len(formats) == 1 else "usage_formats"
        exported = self.env["telecom.usage.format.document"].create(
            {"name": f"{name}.json", "content": formats._document_content()}
        )
        return exported._download()

    def _document_content(self):
        """Return the document of these formats, base64 as a Binary has it."""
        formats = self.with_context(lang=SOURCE_LANGUAGE)
        text = write_document([row._document_values() for row in formats])
        return self.env["telecom.usage.format.document"]._encoded(text)

    def _document_values(self):
        """Return all values of a format as ``format_document`` takes them."""
        self.ensure_one()
        values = _values(self, FORMAT_KEYS)
        values["fields"] = [line._document_values() for line in self.field_ids]
        return values

    @api.model
    def _apply_document(self, values):
        """Make or change the format of a document; return it.

        :param dict values: of one format, as ``read_document`` returns them
        :raise UserError: when the format could not be used then
        """
        usage_format = self._of_code(values["code"])
        written = _written(values, FORMAT_KEYS)
        if usage_format:
            usage_format.write(written)
        else:
            usage_format = self.with_context(lang=SOURCE_LANGUAGE).create(written)
        usage_format.field_ids = usage_format._field_commands(values["fields"])
        if usage_format.problem:
            raise UserError(
                self.env._(
                    "The format %(format)s could not be used: %(problem)s",
                    format=usage_format.display_name,
                    problem=usage_format.problem,
                )
            )
        return usage_format

    @api.model
    def _of_code(self, code):
        return self.with_context(active_test=False, lang=SOURCE_LANGUAGE).search(
            [("code", "=", code)], limit=1
        )

    def _field_commands(self, fields):
        """Return the commands that bring the field lines in line with a document."""
        there = {(line.line_kind, line.target): line for line in self.field_ids}
        commands = []
        for number, values in enumerate(fields, start=1):
            line = there.pop((values["line_kind"], values["target"]), None)
            written = {"sequence": number * 10, **_written(values, FIELD_KEYS)}
            written["value_map"] = "\n".join(
                f"{text}={meaning}" for text, meaning in values["value_map"].items()
            )
            commands.append(
                Command.update(line.id, written) if line else Command.create(written)
            )
        return [*commands, *[Command.delete(line.id) for line in there.values()]]


class TelecomUsageFormatField(models.Model):
    """A field of a format as values of a document."""

    _inherit = "telecom.usage.format.field"

    def _document_values(self):
        """Return all values of a field line as ``format_document`` takes them."""
        values = _values(self, FIELD_KEYS)
        try:
            values["value_map"] = self._meanings()
        except SpecError as error:
            raise UserError(
                self.env._(
                    "%(field)s of %(format)s: its choices can't be read. Correct them"
                    " first.",
                    field=self._target_label(self.target),
                    format=self.format_id.display_name,
                )
            ) from error
        return values


def _values(record, keys):
    """Return a record's values as a document has them: no False for a text."""
    return {key: _value(record[key], kind) for key, (kind, _usual) in keys.items()}


def _value(value, kind):
    if kind is EXACT:
        return f"{Decimal(str(value)).normalize():f}"
    return value or "" if kind is TEXT else value


def _written(values, keys):
    """Return a document's values as fields take them."""
    return {
        key: float(values[key]) if kind is EXACT else values[key]
        for key, (kind, _usual) in keys.items()
    }
