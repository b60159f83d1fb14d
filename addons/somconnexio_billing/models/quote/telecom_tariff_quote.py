# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from uuid import UUID

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import sql_steps
from ...rating.civil_month import CivilMonth
from ..rating.rating_sandbox import USAGE_TABLES, RatingSandbox
from .request import QuoteError, read_instant, read_number, read_quantity

#: Ids of the made-up events; keys by which the earlier usage has its turn first.
QUOTED_ID, EARLIER_ID = -1, -2
QUOTED_KEY, EARLIER_KEY = str(UUID(int=2**128 - 1)), str(UUID(int=0))
#: Of a rated usage, what a quote names, and the key that it has in the answer.
NAMES = {
    "tariff_id": "tariff",
    "product_id": "offering",
    "destination_id": "destination",
    "zone_id": "zone",
    "time_band_id": "time_band",
    "allowance_id": "allowance",
    "category_id": "category",
}
NUMBERS = (
    "chargeable_quantity",
    "allowance_quantity",
    "charged_quantity",
    "setup_fee",
    "unit_price",
    "price_unit",
    "amount_exact",
    "allowance_amount",
    "capped_amount",
    "amount",
)


class TelecomTariff(models.Model):
    """What would it cost: the price of a call, a message or data before it happens."""

    _inherit = "telecom.tariff"

    @api.model
    def quote(
        self,
        tariff=None,
        subscription=None,
        offering=None,
        usage_type="voice",
        quantity=60,
        other_number=None,
        direction="outgoing",
        started_at=None,
        visited_country=None,
        used_so_far=None,
    ):
        """Price one event that has not happened, and say why it costs that.

        The price comes from the same SQL steps as a bill's. Nothing is stored. One of
        tariff, subscription and offering is given, as id, code or record.

        :param tariff: ``telecom.tariff``: its rates alone, without allowances
        :param subscription: ``contract.contract``: with what it has used in that month
        :param offering: ``product.product``: its tariff and a full month's allowances
        :param str usage_type: code of ``telecom.usage.type``: voice, sms, mms, data …
        :param quantity: base units (seconds, bytes, messages), number or text
        :param str other_number: who is called or calls, as people write it
        :param str direction: ``outgoing`` or ``incoming``
        :param started_at: datetime or ISO 8601 text, UTC unless it has an offset;
            now by default
        :param str visited_country: ISO code of the country, None at home
        :param used_so_far: base units of the same kind used before in that month,
            instead of what the subscription really used
        :return: dict: ``status`` (``rated``, ``suspended``), ``reason`` (code, of a
            suspended one), ``currency`` (ISO code), ``quantity``, the numbers of
            ``NUMBERS`` as texts with all their digits (amounts without tax), the
            names of ``NAMES``, ``network`` and ``explanation`` (text in the language
            of the user)
        :raise UserError: when a value is missing, unknown or out of range
        :raise AccessError: when the user may not read tariff, subscription or offering
        """
        self.env["telecom.tariff"].check_access("read")
        source = self._quote_source(tariff or self, subscription, offering)
        try:
            vals = {
                "quantity": read_quantity(quantity),
                "started_at": read_instant(started_at or fields.Datetime.now()),
                "other_number": read_number(
                    other_number, self.env.company.country_id.phone_code
                ),
            }
            used = None if used_so_far is None else read_quantity(used_so_far)
        except QuoteError as error:
            raise UserError(self._quote_error_text(error)) from error
        vals["usage_type_id"] = self._quote_usage_type(usage_type).id
        vals["direction"] = self._quote_direction(direction)
        vals["visited_country"] = self._quote_country(visited_country)
        return self._quote_event(source, vals, used)

    def _quote_event(self, source, vals, used):
        """Price an event in a sandbox.

        :param source: the record that prices
        :param dict vals: columns of the event
        :param used: Decimal, base units used before; None for what was used really
        """
        company = self._quote_company(source)
        month = CivilMonth.of(vals["started_at"], company.telecom_timezone)
        with RatingSandbox(self.env, company) as sandbox:
            subscription_id = self._fill_sandbox(sandbox, source, month, used is None)
            common = {
                **vals,
                "subscription_id": subscription_id,
                "served_number": source._quoted_number(),
            }
            if used:
                earlier = {"id": EARLIER_ID, "event_key": EARLIER_KEY, "quantity": used}
                sandbox.add_event({**common, **earlier})
            sandbox.add_event({**common, "id": QUOTED_ID, "event_key": QUOTED_KEY})
            sandbox.rate(month.start_date, month.end_date)
            return self._quote_answer(sandbox)

    def _quote_company(self, source):
        """Return the company whose prices are asked for."""
        if source._name == "product.product":
            tariff = source.telecom_tariff_id
            if not tariff:
                raise UserError(
                    self.env._("%(name)s has no tariff.", name=source.display_name)
                )
            return tariff.company_id
        return source.company_id

    def _fill_sandbox(self, sandbox, source, month, with_usage):
        """Put subscription and usage into a sandbox; return the subscription's id."""
        source = source.with_env(sandbox.env)
        if source._name == "telecom.tariff":
            return sandbox.add_nobody(source._unnamed_offering())
        if source._name == "product.product":
            return sandbox.add_nobody(source)
        allowances = source.contract_line_ids.product_id.telecom_allowance_ids
        sandbox.copy_subscriptions(source._sharing_subscriptions(allowances).ids)
        if with_usage:
            months_back = max(allowances.mapped("rollover_months"), default=0)
            sandbox.copy_usage(
                USAGE_TABLES, month.moved(-months_back).start_at, month.end_at
            )
        return source.id

    def _quoted_number(self):
        """Return the number whose usage is priced: a tariff has none."""
        return ""

    def _unnamed_offering(self):
        """Make an offering that has this tariff and nothing else, for a sandbox."""
        return self.env["product.product"].create(
            {
                "name": self.env._("no offering"),
                "type": "service",
                "company_id": self.company_id.id,
                "telecom_tariff_id": self.id,
            }
        )

    def _quote_answer(self, sandbox):
        """Return what is known of the quoted event, as plain data."""
        [row] = sql_steps.fetch(sandbox.env, "quote/10_read_quote", event_id=QUOTED_ID)
        answer = {
            "status": "rated" if row["is_rated"] else "suspended",
            "reason": row["reason"] or False,
            "currency": sandbox.company.currency_id.name,
            "quantity": row["quantity"],
        }
        if not row["is_rated"]:
            answer["explanation"] = self._suspense_text(row["reason"])
            return answer
        usage = sandbox.env["telecom.rated.usage"].browse(QUOTED_ID)
        names = {key: usage[name].display_name for name, key in NAMES.items()}
        return {
            **answer,
            **{name: row[name] for name in NUMBERS},
            **names,
            "network": usage.network or False,
            "explanation": usage.explain(),
        }

    def _suspense_text(self, reason):
        """Return why usage has no price, for people."""
        selection = self.env["telecom.usage.event"]._fields["reason"]
        labels = dict(selection._description_selection(self.env))
        return self.env._("It has no price: %(reason)s.", reason=labels[reason])
