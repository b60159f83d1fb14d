# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models
from odoo.exceptions import UserError


class TelecomAppendOnlyMixin(models.AbstractModel):
    """Rows that are added and never changed or deleted, whoever asks.

    Who adds them is noted in ``user_id``; nobody needs, or has, the right to create
    them by hand.
    """

    _name = "telecom.append.only.mixin"
    _description = "Rows that Are Only Added"

    def write(self, vals):
        """Override of ``base`` to refuse.

        :raise UserError: saying what to do instead
        """
        raise UserError(self._append_only_message())

    def unlink(self):
        """Override of ``base`` to refuse.

        :raise UserError: saying what to do instead
        """
        raise UserError(self._append_only_message())

    def _append_only_message(self):
        """Say why rows stay as they are; models say what to do instead."""
        return self.env._("%s: rows are never changed or deleted.", self._description)

    def _insert(self, vals_iterable):
        """Add rows as the system, in the name of the user.

        :param vals_iterable: iterable of dicts of values without ``user_id``
        :return: the new rows
        """
        vals_list = [{**vals, "user_id": self.env.uid} for vals in vals_iterable]
        return self.sudo().create(vals_list).sudo(self.env.su)
