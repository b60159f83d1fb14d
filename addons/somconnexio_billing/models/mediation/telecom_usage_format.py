# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

from odoo.addons.base.models.res_partner import _tz_get


class TelecomUsageFormat(models.Model):
    """How to read one provider's file: a record per layout, never code."""

    _name = "telecom.usage.format"
    _description = "Usage file format"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stable key used by imports and the API.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Leave empty to share the format among companies."
    )
    file_name_pattern = fields.Char(
        help="Recognises the files of this format by their name, with the wildcards"
        " * and ?: MW_CDR_*.csv"
    )
    container = fields.Selection(
        [
            ("delimited", "Delimited text (CSV)"),
            ("fixed_width", "Fixed-width text"),
            ("json_lines", "JSON lines"),
        ],
        required=True,
        default="delimited",
        help="Any of them may come compressed with gzip.",
    )
    encoding = fields.Selection(
        [
            ("ascii", "ASCII"),
            ("utf-8", "UTF-8"),
            ("iso-8859-1", "ISO-8859-1 (Latin-1)"),
            ("iso-8859-15", "ISO-8859-15 (Latin-9)"),
            ("cp1252", "Windows-1252"),
        ],
        required=True,
        default="utf-8",
    )
    delimiter = fields.Char(default=";", size=1)
    quote_char = fields.Char(size=1, help="Leave empty when values are never quoted.")
    has_column_header = fields.Boolean(
        string="Column header line",
        help="The first line names the columns; sources may then use the names.",
    )
    record_length = fields.Integer(
        help="Characters of each line, without its end. 0: not checked."
    )
    is_newline_terminated = fields.Boolean(
        string="Last line ends with a line break",
        help="A file whose last line has no end is then taken for truncated.",
    )
    record_marker = fields.Char(
        help="Text that usage lines begin with. Empty: every line that is neither"
        " header nor trailer is usage."
    )
    header_marker = fields.Char(help="Text that the header line begins with.")
    trailer_marker = fields.Char(help="Text that the trailer line begins with.")
    decimal_separator = fields.Selection(
        [(".", "Point"), (",", "Comma")], required=True, default="."
    )
    timezone = fields.Selection(
        _tz_get,
        required=True,
        default="Europe/Madrid",
        help="Time zone of times that are written without an offset.",
    )
    country_code = fields.Char(
        required=True,
        default="34",
        help="Put in front of national numbers and short codes.",
    )
    national_number_length = fields.Integer(
        required=True, default=9, help="Digits of a national number."
    )
    international_prefix = fields.Char(
        default="00",
        help="Digits dialled before a country code. Empty: every number comes with"
        " its country code.",
    )
    key_field_names = fields.Char(
        string="Event key fields",
        required=True,
        default="served_number other_number direction usage_type started_at quantity"
        " visited_country",
        help="Two records that agree in all of these are the same event.",
    )
    max_rejected_ratio = fields.Float(
        digits=(5, 4),
        default=0.10,
        help="Share of unreadable lines above which the whole file is quarantined.",
    )
    field_ids = fields.One2many(
        "telecom.usage.format.field", "format_id", string="Fields", copy=True
    )

    _code_unique = models.Constraint(
        "UNIQUE(code)", "Another usage format has this code already."
    )
