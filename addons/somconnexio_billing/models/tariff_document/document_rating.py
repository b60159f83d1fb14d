# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One rating of a usage file by a document, on a bench."""

from io import BytesIO

from odoo.tools import SQL

from odoo.addons.somconnexio_base.operation.calendar import next_month

from ... import sql_steps
from ...mediation.copy_text import copy_batches, escaped
from ...tariff_document import DocumentError, Problem
from .bulk_rows import as_json, copy_rows, next_ids
from .outcome_reader import OutcomeReader
from .subscription_rows import SubscriptionRows
from .tariff_writer import TariffWriter

COPY_ROWS = 50_000
NULL = "\\N"


class DocumentRating:
    """Makes what a document says below the bench, and rates usage by it.

    :param RatingBench bench: company and prototypes
    :param TariffDocument document: the tariff
    :ivar dict product_ids: product of each plan's offering, by code
    :ivar dict allowance_ids: allowance by codes of plan and allowance
    :ivar SubscriptionRows made: the subscriptions
    """

    def __init__(self, bench, document):
        self.bench = bench
        self.env = bench.env
        self.document = document
        self.product_ids = {}
        self.allowance_ids = {}

    def run(self, rows):
        """Rate rows of usage and return the OutcomeReader.

        :raise DocumentError: when the database doesn't know a currency or country
        """
        self._use_currency_and_clock()
        self._write_plans()
        usage = self._copy_input(rows)
        self._write_subscriptions([item["subscription_code"] for item in usage])
        self._write_events(usage)
        self._rate(usage)
        return OutcomeReader(self)

    def _step(self, name, **params):
        params = {"company_id": self.bench.company_id, **params}
        return sql_steps.run(self.env, f"tariff_document/{name}", **params)

    def _use_currency_and_clock(self):
        Currency = self.env["res.currency"]
        currency = Currency.search([("name", "=", self.document.currency)])
        if not currency:
            text = self.env._(
                "there is no currency %(code)r, such as EUR",
                code=self.document.currency,
            )
            raise DocumentError([Problem("currency", text)])
        self.env.cr.execute(
            SQL(
                "UPDATE res_company SET currency_id = %s, telecom_timezone = %s"
                " WHERE id = %s",
                currency.id,
                self.document.time_zone,
                self.bench.company_id,
            )
        )
        self.env.invalidate_all()

    def _write_plans(self):
        """Make tariff, offering and allowances of each plan."""
        self.writer = TariffWriter(
            self.env, self.document, self.bench.product, self.bench.namespace
        )
        self.writer.write_shared()
        for plan in self.document.all_plans:
            tariff = self.writer.write_tariff(plan)
            template_id = self._make_offering(plan, tariff)
            allowances = self.writer.write_allowances(plan, template_id)
            for item, allowance in zip(plan.allowances, allowances, strict=True):
                self.allowance_ids[plan.code, item.code] = allowance.id
        if self.document.wholesale:
            self.bench.format.wholesale_tariff_id = self.writer.write_tariff(
                self.document.plan, self.document.wholesale, purpose="wholesale"
            )
        self.env.flush_all()

    def _make_offering(self, plan, tariff):
        """Copy the bench's offering for a plan and return the id of the template."""
        env, product = self.env, self.bench.product
        env.flush_all()
        [template_id] = next_ids(env, "product_template", 1)
        [product_id] = next_ids(env, "product_product", 1)
        template = {
            "id": template_id,
            "name": {"en_US": plan.name},
            "telecom_tariff_id": tariff.id,
        }
        copy_rows(env, "product_template", product.product_tmpl_id.id, [template])
        variant = {"id": product_id, "product_tmpl_id": template_id}
        copy_rows(env, "product_product", product.id, [variant])
        self.product_ids[plan.code] = product_id
        return template_id

    def _copy_input(self, rows):
        """Take the rows in; return what the usage is of, a dict per subscription."""
        self._step("02_create_input")
        copy = sql_steps.statement("tariff_document/03_copy_input")
        for batch in copy_batches(map(_copy_line, rows), COPY_ROWS):
            self.env.cr.copy_expert(copy, BytesIO(batch))
        self.env.cr.execute("ANALYZE rate_usage_input")
        self._step("04_list_input", timezone=self.document.time_zone)
        return self.env.cr.dictfetchall()

    def _write_subscriptions(self, codes):
        made = SubscriptionRows(
            self.env, self.document, codes, self.product_ids, self.allowance_ids
        )
        bench, env = self.bench, self.env
        copy_rows(env, "telecom_billing_account", bench.account.id, made.accounts)
        copy_rows(env, "contract_contract", bench.holder.id, made.subscriptions)
        line = bench.holder.contract_line_ids
        copy_rows(env, "contract_line", line.id, made.lines)
        self._step("07_insert_grants", grants=as_json(made.grants))
        self._step(
            "08_insert_numbers",
            numbers=list(self.document.on_net_numbers),
            kind_id=bench.kind.id,
            subscription_id=bench.holder.id,
        )
        self.made = made

    def _write_events(self, usage):
        months = {month for item in usage for month in item["months"]}
        sql_steps.ensure_month_partitions(self.env.cr, "telecom_usage_event", months)
        self._step(
            "09_insert_events",
            file_id=self.bench.file.id,
            namespace=self.bench.namespace,
        )

    def _rate(self, usage):
        """Rate from the first month to the last, as a bill run does."""
        self.env.invalidate_all()
        first = min(item["first_date"] for item in usage).replace(day=1)
        last = max(item["last_date"] for item in usage)
        self.env["telecom.rated.usage"]._rate(
            self.bench.company, first, next_month(last)
        )


def _copy_line(row):
    """Return a UsageRow as a line of COPY text.

    Ids, codes and numbers may hold backslashes; all else is digits and letters.
    """
    texts = [NULL if value is None else escaped(str(value)) for value in row]
    return "\t".join(texts) + "\n"
