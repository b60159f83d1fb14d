# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class IrSequence(models.Model):
    _inherit = "ir.sequence"

    @api.model
    @api.private
    def next_codes(self, code, company, count):
        """Draw many codes of one sequence at once.

        :param str code: code of the sequence
        :param company: res.company whose sequence is preferred to the common one
        :param int count: how many are wanted
        :return: list of ``count`` texts
        :raise UserError: when the company has no such sequence
        """
        if not count:
            return []
        return self._of_company(code, company)._draw(count)

    @api.model
    def _of_company(self, code, company):
        """Return the sequence of a code that a company uses, as the superuser.

        :raise UserError: when there is none
        """
        sequence = self.sudo().search(
            [("code", "=", code), ("company_id", "in", (company.id, False))],
            order="company_id",
            limit=1,
        )
        if not sequence:
            raise UserError(
                self.env._(
                    "Company %(company)s has no sequence %(code)s. Create it in "
                    "Settings, Technical, Sequences.",
                    company=company.display_name,
                    code=code,
                )
            )
        return sequence

    def _draw(self, count):
        """Return ``count`` next codes, in one query where the database counts."""
        self.ensure_one()
        if self.implementation != "standard" or self.use_date_range:
            return [self.next_by_id() for _number in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)",
                f"ir_sequence_{self.id:03d}",
                count,
            )
        )
        return [self.get_next_char(number) for (number,) in rows]
