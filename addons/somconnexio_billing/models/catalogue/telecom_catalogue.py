# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dataclasses import replace

from odoo import api, models

from odoo.addons.somconnexio_base.catalogue.cells import CellError
from odoo.addons.somconnexio_base.models.catalogue.catalogue_sheet import Column

from ...tariff_document.text import Text as _

# pylint: disable=prefer-env-translation  # told in the user's language by the wizard

#: What a cell says of included usage that it has no words for.
ON_THE_FORM = "*"


class TelecomCatalogue(models.AbstractModel):
    """Tariff, included usage and terms of billing in the row of an offering."""

    _inherit = "telecom.catalogue"

    @api.model
    def _sheets(self):
        """Override of ``somconnexio_base`` to add what bills are made of."""
        return [
            replace(sheet, columns=[*sheet.columns, *self._billing_columns()])
            if sheet.name == "offerings"
            else sheet
            for sheet in super()._sheets()
        ]

    @api.model
    def _billing_columns(self):
        """Return the columns that billing adds to offerings."""
        fields = self.env["product.template"]._fields

        def choice(name, field):
            keys = tuple(key for key, _label in fields[field].selection)
            return Column(name, "choice", field, choices=keys)

        return [
            Column("usage_tariff", "code", "telecom_tariff_id", ref="telecom.tariff"),
            Column(
                "included_usage",
                get=lambda product: product._included_usage_text(),
                set=lambda _env, text, product: product._included_usage_values(text),
            ),
            choice("fee_timing", "telecom_fee_timing"),
            choice("fee_proration", "telecom_fee_proration"),
            choice("discount_type", "telecom_discount_type"),
            Column("discount_percent", "price", "telecom_discount_percent"),
            choice("discount_on", "telecom_discount_scope"),
            Column("discount_months", "number", "telecom_discount_months"),
        ]

    @api.model
    def _example_folders(self):
        """Override of ``somconnexio_base`` to add the columns of billing.

        They name the tariffs of the demonstration, and are left out without them.
        """
        folders = super()._example_folders()
        codes = [("code", "in", ("MOBILE", "FIXED"))]
        if self.env["telecom.tariff"].search_count(codes) < 2:
            return folders
        return [*folders, "somconnexio_billing/demo/catalogue"]

    @api.model
    def _complete_cells(self, sheet, record, cells):
        """Override of ``somconnexio_base`` to check included usage."""
        cells = super()._complete_cells(sheet, record, cells)
        text = cells.get("included_usage")
        if sheet.name != "offerings" or text is None:
            return cells
        return {**cells, "included_usage": self._included_cell(record, text)}

    @api.model
    def _included_cell(self, product, text):
        """Return a cell of included usage as it would be written.

        :raise CellError: when it can't be read, or the product has what no cell says
        """
        present = product._included_usage_text() if product else ""
        if text == present:
            return text
        if ON_THE_FORM in (text, present):
            raise CellError(
                _(
                    "included_usage: the offering includes what only its form can say; "
                    "write %(sign)s here, or change it there",
                    sign=ON_THE_FORM,
                )
            )
        return self.env["product.template"]._canonical_included_usage(text)
