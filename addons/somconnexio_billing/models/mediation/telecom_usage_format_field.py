# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import api, fields, models

from ...mediation.errors import SpecError
from ...mediation.spec import FieldSpec


class TelecomUsageFormatField(models.Model):
    """Where one value of a provider's line comes from and how it is written."""

    _name = "telecom.usage.format.field"
    _description = "Usage file format field"
    _order = "format_id, sequence, id"

    format_id = fields.Many2one(
        "telecom.usage.format", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="format_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    line_kind = fields.Selection(
        [("record", "Usage line"), ("header", "Header"), ("trailer", "Trailer")],
        required=True,
        default="record",
    )
    target = fields.Selection(
        [
            ("external_id", "Provider's record id"),
            ("usage_type", "Usage type"),
            ("direction", "Direction"),
            ("served_number", "Served number"),
            ("other_number", "Other number"),
            ("started_at", "Start"),
            ("started_date", "Start: date"),
            ("started_time", "Start: time"),
            ("quantity", "Quantity"),
            ("visited_country", "Visited country"),
            ("wholesale_cost", "Wholesale cost"),
            ("sequence_number", "File sequence number"),
            ("control_count", "Control: number of records"),
            ("control_quantity", "Control: sum of quantities"),
            ("control_cost", "Control: sum of wholesale costs"),
        ],
        required=True,
    )
    source = fields.Char(
        help="Column name or number, start:length in fixed width, dotted path in"
        " JSON and XML. 'a | b' takes the first that is there, 'a + b' adds up."
    )
    value_type = fields.Selection(
        [
            ("text", "Text"),
            ("integer", "Whole number"),
            ("decimal", "Decimal number"),
            ("number", "Phone number"),
            ("datetime", "Date and time"),
            ("date", "Date"),
            ("time", "Time"),
            ("duration_hms", "Duration h:mm:ss"),
            ("choice", "Choice"),
        ],
        required=True,
        default="text",
    )
    pattern = fields.Char(
        help="How dates and times are written: %d/%m/%Y, %H:%M:%S; iso for"
        " 2026-10-03T10:22:33+02:00."
    )
    factor = fields.Float(
        digits=(18, 9),
        default=1.0,
        help="Multiplies the value: 60 turns minutes into seconds.",
    )
    value_map = fields.Text(
        help="One 'written=meaning' per line, such as VOZ=voice. A choice accepts"
        " only what is listed."
    )
    default_value = fields.Char(help="Meaning of an empty value.")
    is_required = fields.Boolean(string="Required")

    @api.model
    def _target_label(self, target):
        """Return what people call a target; empty when there is no such target."""
        labels = dict(self._fields["target"]._description_selection(self.env))
        return labels.get(target, "")

    def _spec(self):
        """Return this field as the frozen value that the decoders know.

        :raise SpecError: when it contradicts itself
        """
        self.ensure_one()
        return FieldSpec(
            target=self.target,
            source=self.source or "",
            value_type=self.value_type,
            pattern=self.pattern or "",
            factor=Decimal(str(self.factor)),
            value_map=self._meanings(),
            default=self.default_value or "",
            is_required=self.is_required,
        )

    def _meanings(self):
        """Return the value map as a dictionary: written text -> meaning."""
        meanings = {}
        for line in filter(None, map(str.strip, (self.value_map or "").splitlines())):
            written, equals, meaning = line.partition("=")
            if not equals:
                raise SpecError(self.target, "bad_map", value=line)
            meanings[written.strip()] = meaning.strip()
        return meanings
