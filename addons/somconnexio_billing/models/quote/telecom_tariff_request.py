# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError

from ..rating.const import DIRECTIONS


class TelecomTariff(models.Model):
    """What a price is asked of: values from outside become records, or are named."""

    _inherit = "telecom.tariff"

    def _quote_source(self, tariff, subscription, offering):
        """Return the one record that prices, which the user may read."""
        wanted = [
            (model, code_field, value)
            for model, code_field, value in (
                ("telecom.tariff", "code", tariff),
                ("contract.contract", "code", subscription),
                ("product.product", "default_code", offering),
            )
            if value
        ]
        if len(wanted) != 1:
            raise UserError(
                self.env._("Give one of tariff, subscription and offering.")
            )
        return self._quote_record(*wanted[0])

    def _quote_record(self, model, code_field, value):
        """Return a record by itself, its id or its code."""
        if isinstance(value, models.BaseModel):
            record = value
        elif isinstance(value, int):
            record = self.env[model].browse(value).exists()
        else:
            record = self.env[model].search([(code_field, "=", value)], limit=2)
        if len(record) != 1:
            raise UserError(
                self.env._(
                    "%(value)s names no %(model)s, or several.",
                    value=value,
                    model=self.env[model]._description,
                )
            )
        record.check_access("read")
        return record

    def _quote_usage_type(self, code):
        """Return the usage type of a code."""
        usage_type = self.env["telecom.usage.type"].search([("code", "=", code)])
        if not usage_type:
            codes = self.env["telecom.usage.type"].search([]).mapped("code")
            raise UserError(
                self.env._(
                    "There is no usage type %(code)s: give one of %(codes)s.",
                    code=code,
                    codes=", ".join(codes),
                )
            )
        return usage_type

    def _quote_direction(self, direction):
        """Return a direction that is one."""
        codes = [code for code, _label in DIRECTIONS]
        if direction not in codes:
            raise UserError(
                self.env._(
                    "There is no direction %(direction)s: give one of %(codes)s.",
                    direction=direction,
                    codes=", ".join(codes),
                )
            )
        return direction

    def _quote_country(self, code):
        """Return the ISO code of a country that is one, None for none."""
        if not code:
            return None
        country = self.env["res.country"].search([("code", "=", code.upper())])
        if not country:
            raise UserError(
                self.env._("There is no country %(code)s: give an ISO code.", code=code)
            )
        return country.code

    def _quote_error_text(self, error):
        """Return what is wrong with a value, for people."""
        texts = {
            "quantity": self.env._(
                "%(value)s is no quantity: give a number of base units, zero or more.",
                value=error.value,
            ),
            "number": self.env._(
                "%(value)s is no telephone number: give it with its country, such as"
                " +34 612 345 678.",
                value=error.value,
            ),
            "instant": self.env._(
                "%(value)s is no instant: write it as 2026-10-05T19:58:00+02:00.",
                value=error.value,
            ),
        }
        return texts[error.code]
