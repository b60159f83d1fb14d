# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from decimal import Decimal

from odoo import Command, api, models

from odoo.addons.somconnexio_base.catalogue.cells import CellError

from ...rating.included_usage import (
    Included,
    IncludedError,
    read_included,
    write_included,
)
from ...tariff_document.text import Text as _
from .telecom_catalogue import ON_THE_FORM

# pylint: disable=prefer-env-translation  # told in the user's language by the wizard


class ProductTemplate(models.Model):
    """Included usage as one cell of the catalogue's workbook."""

    _inherit = "product.template"

    def _included_usage_text(self):
        """Return the usage included as rating.included_usage writes it.

        :return: text; an asterisk when it has what that cannot say
        """
        self.ensure_one()
        allowances = self.telecom_allowance_ids
        if not all(allowance._is_plain() for allowance in allowances):
            return ON_THE_FORM
        return write_included(allowance._as_included() for allowance in allowances)

    @api.model
    def _canonical_included_usage(self, text):
        """Return a cell as it would be written.

        :raise CellError: saying what can't be read or does not exist
        """
        try:
            parts = read_included(text)
        except IncludedError as error:
            raise CellError(f"included_usage: {error}") from None
        for model, codes in (
            ("telecom.usage.type", [part.usage_type for part in parts]),
            ("telecom.destination", [c for part in parts for c in part.destinations]),
            ("telecom.roaming.zone", [c for part in parts for c in part.zones]),
        ):
            known = self.env[model].search([("code", "in", codes)]).mapped("code")
            if unknown := set(codes) - set(known):
                raise CellError(
                    _("included_usage: there is no %(code)s", code=min(unknown))
                )
        return write_included(parts)

    def _included_usage_values(self, text):
        """Return the values to write, so that an offering includes what a cell says.

        What it included before is archived: bills rest on it.

        :param text: as ``_canonical_included_usage`` returned it, or None
        """
        text = text or ""
        if self and text == self._included_usage_text():
            return {}
        commands = [
            Command.update(allowance.id, {"active": False})
            for allowance in self.telecom_allowance_ids
        ]
        commands += [
            Command.create(self._prepare_allowance(part))
            for part in read_included(text)
        ]
        return {"telecom_allowance_ids": commands}

    @api.model
    def _prepare_allowance(self, part):
        """Return the values of the allowance that a part says."""
        usage_type = self.env["telecom.usage.type"].search(
            [("code", "=", part.usage_type)]
        )
        quantity = (part.quantity or Decimal(0)) * usage_type.display_factor
        if part.quantity is None:
            name = self.env._("Unlimited: %s", usage_type.name)
        else:
            name = usage_type._format(float(quantity))
        destinations = self.env["telecom.destination"].search(
            [("code", "in", part.destinations)]
        )
        zones = self.env["telecom.roaming.zone"].search([("code", "in", part.zones)])
        return {
            "name": name,
            "usage_type_id": usage_type.id,
            "is_unlimited": part.quantity is None,
            "quantity": float(quantity),
            "sharing": part.sharing,
            "destination_ids": [Command.set(destinations.ids)],
            "zone_ids": [Command.set(zones.ids)],
        }


class TelecomAllowance(models.Model):
    _inherit = "telecom.allowance"

    def _is_plain(self):
        """Tell whether a cell has words for all that the allowance says."""
        self.ensure_one()
        return (
            self.kind == "quantity"
            and self.direction == "outgoing"
            and self.network == "any"
            and self.include_home
            and self.proration == "full"
            and not self.time_band_id
            and not self.rollover_months
            and not self.is_one_shot
            and self.priority == 10
        )

    def _as_included(self):
        """Return the allowance as rating.included_usage.Included."""
        self.ensure_one()
        factor = self.usage_type_id.display_factor or 1
        quantity = None
        if not self.is_unlimited:
            quantity = Decimal(str(self.quantity)) / factor
        return Included(
            self.usage_type_id.code,
            quantity,
            self.sharing,
            tuple(sorted(self.destination_ids.mapped("code"))),
            tuple(sorted(self.zone_ids.mapped("code"))),
        )
