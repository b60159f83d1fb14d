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

    def _set_fiscal_positions(self):
        """Write the fiscal position of each open account: its own or its payer's."""
        accounts = self._open_accounts()
        positions = self._fiscal_positions(accounts.billing_account_id)
        self._sql(
            "55_set_fiscal_positions",
            run_account_ids=accounts.ids,
            position_ids=[positions[a.billing_account_id] or None for a in accounts],
        )

    def _fiscal_positions(self, billing_accounts):
        """Find the fiscal position of many accounts, asking Odoo once per case.

        :return: ``{billing account: id of a fiscal position, or False}``
        """
        Position = self.env["account.fiscal.position"].with_company(self.company_id)
        has_zip_ranges = Position.search_count(
            [
                *Position._check_company_domain(self.company_id),
                ("auto_apply", "=", True),
                ("zip_from", "!=", False),
            ],
            limit=1,
        )
        found, by_case = {}, {}
        for account in billing_accounts.with_company(self.company_id):
            if account.fiscal_position_id:
                found[account] = account.fiscal_position_id.id
                continue
            partner = account.partner_id
            case = self._fiscal_case(partner, has_zip_ranges)
            if case not in by_case:
                by_case[case] = Position._get_fiscal_position(partner).id
            found[account] = by_case[case]
        return found

    def _fiscal_case(self, partner, has_zip_ranges):
        """Return all that Odoo looks at to choose a partner's fiscal position."""
        return (
            partner.property_account_position_id.id,
            partner.country_id.id,
            partner.state_id.id,
            partner.zip if has_zip_ranges else None,
            (partner.vat or "")[:2],
            partner._get_vat_required_valid(company=self.company_id),
        )

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
        self._sql("59_update_amounts")
        if engine_ids:
            self._preview_taxes_by_engine(engine_ids)

    def _tax_mapping(self):
        """Map the product of every line through every fiscal position it meets.

        :return: three parallel lists, one element per product, position and tax
        """
        pairs = sql_steps.fetch(self.env, "56_find_tax_pairs", **self._sql_params())
        Position = self.env["account.fiscal.position"]
        mapping = {"product_ids": [], "position_ids": [], "tax_ids": []}
        for pair in pairs:
            product = self.env["product.product"].browse(pair["product_id"])
            position = Position.browse(pair["fiscal_position_id"] or [])
            taxes = position.map_tax(self._product_taxes(product, position))
            for tax in taxes:
                mapping["product_ids"].append(product.id)
                mapping["position_ids"].append(position.id or 0)
                mapping["tax_ids"].append(tax.id)
        return mapping

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

    def _preview_taxes_by_engine(self, run_account_ids):
        """Let Odoo's own engine compute the taxes of some bills."""
        lines = self.env["telecom.bill.run.line"].search(
            [("run_account_id", "in", run_account_ids), ("amount_untaxed", "!=", 0)],
            order="run_account_id, subscription_id, sequence, id",
        )
        tax_rows, untaxed_rows = [], []
        for run_account, group in groupby(lines, lambda line: line.run_account_id):
            base_lines = self._engine_base_lines(run_account, group)
            untaxed_rows.append((run_account.id, self._engine_untaxed(base_lines)))
            for tax, *amounts in self._engine_taxes(base_lines):
                tax_rows.append((run_account.id, tax.id, *amounts))
        names = ("run_account_ids", "tax_ids", "bases", "amounts")
        self._sql("58_insert_engine_taxes", **_columns(names, tax_rows))
        self._sql("59_update_amounts")
        names = ("run_account_ids", "untaxed")
        self._sql("59_set_engine_untaxed", **_columns(names, untaxed_rows))

    def _engine_base_lines(self, run_account, lines):
        """Return the lines of one bill as Odoo's engine leaves them."""
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
        return base_lines

    def _engine_untaxed(self, base_lines):
        """Return what a bill comes to without taxes, as text."""
        details = [base_line["tax_details"] for base_line in base_lines]
        return self._amount_text(
            sum(d["total_excluded"] + d["delta_total_excluded"] for d in details)
        )

    def _engine_taxes(self, base_lines):
        """Yield tax, base and amount of each tax of one bill, amounts as text."""
        Tax = self.env["account.tax"]
        by_line = Tax._aggregate_base_lines_tax_details(
            base_lines, lambda _base_line, data: data and data["tax"]
        )
        totals = Tax._aggregate_base_lines_aggregated_values(by_line)
        for tax, values in totals.items():
            if tax:
                base = self._amount_text(values["base_amount"])
                yield tax, base, self._amount_text(values["tax_amount"])

    def _amount_text(self, amount):
        """Write an amount of the engine, a float, with the digits of the currency."""
        return f"{amount:.{self.currency_id.decimal_places}f}"


def _columns(names, rows):
    """Turn rows into the parallel lists that SQL unnests.

    >>> _columns(("ids", "amounts"), [(7, "2.10"), (8, "0.00")])
    {'ids': [7, 8], 'amounts': ['2.10', '0.00']}
    """
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}
