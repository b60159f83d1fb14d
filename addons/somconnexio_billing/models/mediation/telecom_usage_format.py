# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal
from fnmatch import fnmatchcase

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_partner import _tz_get

from ...mediation.control import ControlLines
from ...mediation.errors import SpecError
from ...mediation.row_decoder import RowDecoder, Window
from ...mediation.spec import FormatSpec
from .messages import spec_error_text

#: All that the frozen format is made from, see ``_spec``.
SPEC_FIELDS = (
    "container",
    "delimiter",
    "quote_char",
    "has_column_header",
    "record_marker",
    "header_marker",
    "trailer_marker",
    "key_field_names",
    "timezone",
    "country_code",
    "national_number_length",
    "international_prefix",
    "field_ids.line_kind",
    "field_ids.target",
    "field_ids.source",
    "field_ids.value_type",
    "field_ids.pattern",
    "field_ids.factor",
    "field_ids.value_map",
    "field_ids.default_value",
    "encoding",
    "sheet_name",
    "record_length",
    "is_newline_terminated",
    "decimal_separator",
    "max_rejected_ratio",
    "field_ids.is_required",
)


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
            ("xlsx", "Sheet (XLSX)"),
            ("xml_records", "XML records"),
        ],
        required=True,
        default="delimited",
        help="Any of them may come compressed with gzip, or in a zip archive.",
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
    delimiter = fields.Char(
        default=";", size=2, trim=False, help="One character; \\t is a tab."
    )
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
    sheet_name = fields.Char(
        string="Sheet", help="Which sheet to read. Empty: the only one there is."
    )
    record_marker = fields.Char(
        help="Text that usage lines begin with; in XML, the name of their element."
        " Empty: every line that is neither header nor trailer is usage."
    )
    header_marker = fields.Char(
        help="Text that the header line begins with; in XML, the name of its element."
    )
    trailer_marker = fields.Char(
        help="Text that the trailer line begins with; in XML, the name of its element."
    )
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
        string="Rejected lines allowed",
        digits=(5, 4),
        default=0.10,
        help="Share of unreadable lines above which the whole file is quarantined.",
    )
    field_ids = fields.One2many(
        "telecom.usage.format.field", "format_id", string="Fields", copy=True
    )

    problem = fields.Text(
        compute="_compute_problem",
        help="Why files of this format cannot be read yet.",
    )
    file_count = fields.Integer(string="Files", compute="_compute_file_count")

    _code_unique = models.Constraint(
        "UNIQUE(code)", "Another usage format has this code already."
    )

    @api.depends(*SPEC_FIELDS)
    def _compute_problem(self):
        anywhen = Window(fields.Datetime.now(), fields.Datetime.now())
        for usage_format in self:
            try:
                spec = usage_format._spec()
                RowDecoder(spec, anywhen)
                ControlLines(spec)
                usage_format.problem = False
            except SpecError as error:
                usage_format.problem = spec_error_text(self.env, error)

    def _compute_file_count(self):
        counts = dict(
            self.env["telecom.usage.file"]._read_group(
                [("format_id", "in", self.ids)], ["format_id"], ["__count"]
            )
        )
        for usage_format in self:
            usage_format.file_count = counts.get(usage_format, 0)

    def action_view_files(self):
        """Open the files of this format."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_billing.action_telecom_usage_file"
        )
        action["domain"] = [("format_id", "=", self.id)]
        action["context"] = {}
        return action

    @api.model
    def _identify(self, file_name, company):
        """Return the format whose name pattern fits a file.

        :raise UserError: when no format fits, or several do
        """
        candidates = self.search([("company_id", "in", (False, company.id))])
        fitting = candidates.filtered(
            lambda f: (
                f.file_name_pattern and fnmatchcase(file_name, f.file_name_pattern)
            )
        )
        if len(fitting) == 1:
            return fitting
        if not fitting:
            raise UserError(
                self.env._(
                    "No usage format has a file name pattern that fits %(name)s."
                    " Choose the format yourself, or correct the pattern of one.",
                    name=file_name,
                )
            )
        raise UserError(
            self.env._(
                "The file name patterns of several usage formats fit %(name)s:"
                " %(formats)s. Choose the format yourself.",
                name=file_name,
                formats=", ".join(fitting.mapped("name")),
            )
        )

    def _spec(self):
        """Return this format as the frozen value that the decoders know.

        :raise SpecError: when it contradicts itself
        """
        self.ensure_one()
        kinds = self.field_ids.grouped("line_kind")
        usage_types = self.env["telecom.usage.type"].search([])
        return FormatSpec(
            container=self.container,
            fields=self._field_specs(kinds.get("record")),
            header_fields=self._field_specs(kinds.get("header")),
            trailer_fields=self._field_specs(kinds.get("trailer")),
            usage_units={row.code: row.unit for row in usage_types},
            encoding=self.encoding,
            delimiter=(self.delimiter or "").replace("\\t", "\t"),
            quote_char=self.quote_char or "",
            has_column_header=self.has_column_header,
            record_length=self.record_length,
            is_newline_terminated=self.is_newline_terminated,
            sheet_name=self.sheet_name or "",
            record_marker=self.record_marker or "",
            header_marker=self.header_marker or "",
            trailer_marker=self.trailer_marker or "",
            decimal_separator=self.decimal_separator,
            timezone=self.timezone,
            country_code=self.country_code or "",
            national_number_length=self.national_number_length,
            international_prefix=self.international_prefix or "",
            key_field_names=tuple((self.key_field_names or "").split()),
            max_rejected_ratio=Decimal(str(self.max_rejected_ratio)),
        )

    @staticmethod
    def _field_specs(lines):
        return tuple(line._spec() for line in lines or ())
