# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError


class TelecomPricedByMixin(models.AbstractModel):
    """A record that rated usage refers to: kept as long as a price rests on it.

    The heir says by which field. The table of rated usage has no foreign keys, so
    that this has to be looked up.
    """

    _name = "telecom.priced.by.mixin"
    _description = "Record that prices rest on"

    #: Field of ``telecom.rated.usage`` that refers to the heir.
    _rated_usage_field = None

    @api.ondelete(at_uninstall=False)
    def _unlink_except_priced_by(self):
        # Usage of companies that the user doesn't see counts as well.
        Usage = self.env["telecom.rated.usage"].sudo()
        usage = Usage.search([(self._rated_usage_field, "in", self.ids)], limit=1)
        if usage:
            raise UserError(
                self.env._(
                    "The price of usage rests on %(name)s: it cannot be deleted."
                    " Archive it, or let it end on a day.",
                    name=usage[self._rated_usage_field].display_name,
                )
            )
