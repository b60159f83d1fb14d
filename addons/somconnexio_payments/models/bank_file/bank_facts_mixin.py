# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError


class TelecomBankFactsMixin(models.AbstractModel):
    """Facts of a bank, and what the machine made of them: nobody writes them by hand.

    Screen, RPC and import end in ``create`` and ``write``; buttons work with the
    machine's rights, after they have checked the role.
    """

    _name = "telecom.bank.facts.mixin"
    _description = "Facts of a bank"

    #: Fields of the addon that people write all the same.
    _people_write = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base``: they come by bank files."""
        if not self.env.su:
            raise UserError(
                self.env._(
                    "%s is not made by hand: upload the bank's file.", self._description
                )
            )
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base`` to let people write notes and activities only."""
        own = {
            name
            for name in vals.keys() & self._fields.keys() - self._people_write
            if set(self._fields[name]._modules) == {"somconnexio_payments"}
        }
        if own and not self.env.su:
            labels = self.fields_get(sorted(own), ["string"]).values()
            raise UserError(
                self.env._(
                    "%(fields)s of “%(record)s” follow from the bank's file: use the"
                    " buttons.",
                    fields=", ".join(label["string"] for label in labels),
                    record=self[:1].display_name,
                )
            )
        return super().write(vals)
