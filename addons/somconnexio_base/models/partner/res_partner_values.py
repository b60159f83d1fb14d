# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, models
from odoo.exceptions import UserError

from ...partner_data.checks import VALUES

#: Fields of a partner that its keys and its quality are made of.
DATA_FIELDS = (
    "name",
    "is_company",
    "type",
    "vat",
    "phone",
    "email",
    "street",
    "street2",
    "zip",
    "city",
    "state_id",
    "country_id",
    "parent_id",
)
#: Kinds of addresses that are no partners of their own.
ADDRESS_TYPES = ("invoice", "delivery", "other")


def columns(rows, width):
    """Return tuples of one width as lists, one for each place: what SQL unnests.

    >>> columns([(1, "a"), (2, "b")], 2), columns([], 2)
    ([[1, 2], ['a', 'b']], [[], []])
    """
    return [[row[place] for row in rows] for place in range(width)]


class ResPartner(models.Model):
    """Partners as plain values, for the packages that know no Odoo."""

    _inherit = "res.partner"

    def _data_values(self):
        """Return what a partner is described by, see ``partner_data.checks.VALUES``."""
        self.ensure_one()
        return {
            **self._profile_values(),
            "phone": self.phone or "",
            "email": self.email or "",
            "street": self.street or "",
            "street2": self.street2 or "",
            "zip": self.zip or "",
            "city": self.city or "",
            "state": self.state_id.code or "",
            "lang": self.lang or "",
            "ibans": [
                number for number in self.bank_ids.mapped("acc_number") if number
            ],
        }

    def _profile_values(self):
        """Return the part of the values that two partners are compared by."""
        # A contact shows the tax identifier of its company: that is not its own.
        has_own_vat = not self.parent_id or self.is_company
        return {
            "name": self.name or "",
            "is_company": self.is_company,
            "kind": self.telecom_partner_kind,
            "vat": (has_own_vat and self.vat) or "",
            "country": self.country_id.code or "",
        }

    @api.model
    def _check_known_values(self, values):
        """Raise when a program gives a value of a name that there is not."""
        known = {*VALUES, "state_id", "country_id"}
        if unknown := values.keys() - known:
            raise UserError(
                self.env._(
                    "Unknown fields: %(unknown)s. There are: %(known)s.",
                    unknown=", ".join(sorted(unknown)),
                    known=", ".join(sorted(known)),
                )
            )

    @api.model
    def _values_as_data(self, values):
        """Return values given by another program in the form of ``_data_values``.

        :param dict values: names of ``partner_data.checks.VALUES``, or ``state_id``
            and ``country_id``; others are left out
        """
        data = {name: values[name] for name in VALUES if values.get(name)}
        for field, name in (("state_id", "state"), ("country_id", "country")):
            if values.get(field) and name not in data:
                record = self[field].browse(values[field])
                data[name] = record.code or ""
        return data
