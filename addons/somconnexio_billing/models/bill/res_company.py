# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...bill import theme
from ...bill.document import SECTIONS, Brand


class ResCompany(models.Model):
    _inherit = "res.company"

    telecom_bill_logo = fields.Binary(
        string="Bill logo", attachment=True, help="Empty: the company's own logo."
    )
    telecom_bill_color = fields.Char(
        string="Bill colour",
        required=True,
        default=Brand.primary_color,
        help="Titles, total and bars. A light colour is darkened until it can be read.",
    )
    telecom_bill_accent_color = fields.Char(
        string="Bill accent colour",
        required=True,
        default=Brand.accent_color,
        help="Marks and allowances that are nearly used up.",
    )
    telecom_bill_message = fields.Text(
        string="Message on the bill",
        translate=True,
        help="Printed in a box beside the charges.",
    )
    telecom_bill_footer = fields.Text(
        string="Bill footer",
        translate=True,
        help="Legal line at the foot of each page: register, where to complain.",
    )
    telecom_bill_phone = fields.Char(
        string="Help phone", help="Empty: the company's own phone."
    )
    telecom_bill_email = fields.Char(
        string="Help e-mail", help="Empty: the company's own e-mail."
    )
    telecom_bill_website = fields.Char(
        string="Help website", help="Empty: the company's own website."
    )
    telecom_bill_itemisation = fields.Selection(
        [
            ("all", "All usage, also what an allowance pays"),
            ("charged", "Charged usage only"),
        ],
        string="Itemised usage",
        required=True,
        default="all",
        help="Calls free of charge are never listed. A member who does not want the "
        "list says so on the billing account.",
    )
    telecom_bill_free_calls = fields.Selection(
        [
            ("hidden", "Nowhere on the bill"),
            ("counted", "Counted in the totals, never listed"),
        ],
        string="Calls free of charge",
        required=True,
        default="hidden",
    )
    telecom_bill_has_claims = fields.Boolean(
        string="Say how to object",
        default=True,
        help="Print below the total how members can object to the bill.",
    )
    telecom_bill_claims = fields.Text(
        string="How to object",
        translate=True,
        help="Empty: where to object, how long it takes and whom to turn to next, as"
        " the Charter of users' rights has it (RD 899/2009, art. 26 to 30).",
    )
    telecom_bill_sections = fields.Char(
        string="Sections of the bill",
        required=True,
        default=", ".join(SECTIONS),
        help="Which parts follow the summary, and in which order: charges, usage, "
        "itemised.",
    )
    telecom_bill_history_months = fields.Integer(
        string="Months in the chart",
        required=True,
        default=6,
        help="Less than two: no chart.",
    )

    _telecom_bill_history_months_range = models.Constraint(
        "CHECK (telecom_bill_history_months BETWEEN 0 AND 12)",
        "The chart of the bill shows up to twelve months.",
    )

    @api.constrains("telecom_bill_color", "telecom_bill_accent_color")
    def _check_telecom_bill_colors(self):
        for company in self:
            for color in company.telecom_bill_color, company.telecom_bill_accent_color:
                try:
                    theme.parse_color(color)
                except ValueError as error:
                    raise ValidationError(
                        self.env._(
                            "%(color)s is not a colour of the bill: write it like "
                            "#1B7F5C.",
                            color=color,
                        )
                    ) from error

    @api.constrains("telecom_bill_sections")
    def _check_telecom_bill_sections(self):
        for company in self:
            names = company._telecom_bill_section_names()
            if "charges" not in names or not set(names) <= set(SECTIONS):
                raise ValidationError(
                    self.env._(
                        "%(sections)s: name the bill's sections out of %(known)s, "
                        "separated by commas. A bill without its charges is none.",
                        sections=company.telecom_bill_sections,
                        known=", ".join(SECTIONS),
                    )
                )

    def _telecom_bill_section_names(self):
        """Return the sections of the bill in order, each once."""
        names = map(str.strip, self.telecom_bill_sections.split(","))
        return tuple(dict.fromkeys(filter(None, names)))

    def _telecom_bill_claims_text(self):
        """Return how to object to a bill, in the language of ``env``; may be empty."""
        self.ensure_one()
        if not self.telecom_bill_has_claims:
            return ""
        return self.telecom_bill_claims or self.env._(
            "Tell us within a month, by phone, by mail or in writing; you get a"
            " reference number. If we do not answer within a month, or you are not"
            " content with the answer, turn to a consumer arbitration board or, within"
            " three months, to the telecommunications users' office (Oficina de"
            " Atención al Usuario de Telecomunicaciones)."
        )

    def _telecom_bill_logo_bytes(self):
        """Return the picture printed on the bill, None when there is none.

        Odoo's placeholder, which companies have before they upload a logo, is none.
        """
        self.ensure_one()
        logo = self.telecom_bill_logo
        if not logo and not self.uses_default_logo:
            logo = self.logo
        return base64.b64decode(logo) if logo else None
