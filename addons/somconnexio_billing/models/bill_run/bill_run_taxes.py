# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Taxes of the preview: equal to Odoo's own to the cent, computed over all bills.

Plain percentages, which is what nearly every bill has, are computed in SQL. Odoo's
tax engine itself computes the bills with any other tax, and those where an exact
half cent meets Odoo's floating point.
"""

from itertools import groupby

from odoo import models

from ... import sql_steps


class TelecomBillRun(models.Model):
    _inherit = "telecom.bill.run"

    def _preview_taxes(self):
        """Write the taxes of the lines, then the taxes and totals of the bills."""
        self._sql("56_insert_line_taxes", **self._tax_mapping())
        method = self.company_id.tax_calculation_rounding_method
        simple = {
            "is_rounded_per_line": method == "round_per_line",
            "simple_tax_ids": self._simple_taxes().ids,
        }
        engine_rows = sql_steps.fetch(
            self.env, "57_find_engine_accounts", **self._sql_params(), **simple
        )
        engine_ids = [row["run_account_id"] for row in engine_rows]
        self._sql("58_insert_taxes", engine_account_ids=engine_ids, **simple)
        if engine_ids:
            self._preview_taxes_by_engine(engine_ids)
        self._sql("59_update_amounts", included_tax_ids=self._included_taxes().ids)

    def _tax_mapping(self):
        """Map the product of every line through every fiscal position it meets.

        :return: three parallel lists, one element per product, position and tax
        """
        pairs = sql_steps.fetch(self.env, "56_find_tax_pairs", **self._sql_params())
        products = self._by_id("product.product", pairs, "product_id")
        positions = self._by_id("account.fiscal.position", pairs, "fiscal_position_id")
        mapping = {"product_ids": [], "position_ids": [], "tax_ids": []}
        for pair in pairs:
            product = products[pair["product_id"]]
            position = positions[pair["fiscal_position_id"]]
            taxes = position.map_tax(self._product_taxes(product, position))
            for tax in taxes:
                mapping["product_ids"].append(product.id)
                mapping["position_ids"].append(position.id or 0)
                mapping["tax_ids"].append(tax.id)
        return mapping

    def _by_id(self, model, rows, name):
        """Return the records that rows name, by id, to be read all at once.

        :return: dict; no record where a row names none
        """
        Model = self.env[model]
        records = Model.browse({row[name] for row in rows if row[name]})
        return {None: Model, **{record.id: record for record in records}}

    def _product_taxes(self, product, position):
        """Return the sale taxes that Odoo puts on an invoice line of a product."""
        Tax = self.env["account.tax"]
        own = Tax._check_company_domain(self.company_id)
        taxes = product.taxes_id.filtered_domain(own)
        if not taxes:
            account = self._income_account(product, position)
            taxes = account.tax_ids.filtered(lambda tax: tax.type_tax_use == "sale")
        return taxes._filter_taxes_by_company(self.company_id)

    def _income_account(self, product, position):
        """Return the account that the bills credit for a product."""
        template = product.product_tmpl_id.with_company(self.company_id)
        account = template.get_product_accounts(fiscal_pos=position)["income"]
        return account or self.journal_id.default_account_id

    def _simple_taxes(self):
        """Return the taxes that are a plain percentage on top of the price."""
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(self.company_id),
                ("amount_type", "=", "percent"),
                ("include_base_amount", "=", False),
            ]
        )
        return taxes.filtered(
            lambda tax: not tax.price_include and not tax.has_negative_factor
        )

    def _included_taxes(self):
        """Return the taxes of the preview that the prices contain."""
        taxes = self.env["telecom.bill.run.tax"]._read_group(
            [("run_id", "=", self.id)], ["tax_id"]
        )
        return self.env["account.tax"].union(
            *(tax for (tax,) in taxes if tax.price_include)
        )

    def _preview_taxes_by_engine(self, run_account_ids):
        """Let Odoo's own engine compute the taxes of some bills."""
        lines = self.env["telecom.bill.run.line"].search(
            [("run_account_id", "in", run_account_ids), ("amount_untaxed", "!=", 0)],
            order="run_account_id, subscription_id, sequence, id",
        )
        rows = []
        for run_account, account_lines in groupby(lines, lambda li: li.run_account_id):
            rows += self._engine_tax_rows(run_account, list(account_lines))
        self._sql("58_insert_engine_taxes", **_columns(rows))

    def _engine_tax_rows(self, run_account, lines):
        """Return ``(run account, tax, base, amount)`` of one bill."""
        Tax = self.env["account.tax"]
        base_lines = [
            Tax._prepare_base_line_for_taxes_computation(
                None,
                id=line.id,
                product_id=line.product_id,
                tax_ids=line.tax_ids,
                price_unit=line.amount_untaxed,
                quantity=1.0,
                currency_id=self.currency_id,
                partner_id=run_account.partner_id,
                rate=1.0,
            )
            for line in lines
        ]
        Tax._add_tax_details_in_base_lines(base_lines, self.company_id)
        Tax._round_base_lines_tax_details(base_lines, self.company_id)
        by_line = Tax._aggregate_base_lines_tax_details(
            base_lines, lambda _base_line, data: data and data["tax"]
        )
        totals = Tax._aggregate_base_lines_aggregated_values(by_line)
        digits = self.currency_id.decimal_places
        return [
            (
                run_account.id,
                tax.id,
                f"{values['base_amount']:.{digits}f}",
                f"{values['tax_amount']:.{digits}f}",
            )
            for tax, values in totals.items()
            if tax
        ]


def _columns(rows):
    """Turn tax rows into the parallel lists that SQL unnests.

    >>> _columns([(1, 7, "10.00", "2.10")])["amounts"]
    ['2.10']
    """
    names = ("run_account_ids", "tax_ids", "bases", "amounts")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
