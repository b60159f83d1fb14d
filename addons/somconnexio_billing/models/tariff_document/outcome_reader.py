# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read what became of the usage that a document priced."""

from decimal import Decimal

from ... import sql_steps
from ...tariff_document.outcomes import NUMBER_COLUMNS

BATCH_ROWS = 2_000
SUMMARY_NUMBERS = ("granted", "used", "amount", "wholesale_cost", "margin")


class OutcomeReader:
    """The outcomes of one rating, as long as its savepoint is open.

    :param DocumentRating rating: that was run
    """

    def __init__(self, rating):
        self.env = rating.env
        self.rating = rating
        self.row_count = self._count_rows()
        self.codes = {
            kind: {record_id: code for code, record_id in ids.items()}
            for kind, ids in rating.writer.ids.items()
        }
        self.plan_codes = {
            product_id: code for code, product_id in rating.product_ids.items()
        }
        self.allowance_codes = {
            allowance_id: code
            for (_plan, code), allowance_id in rating.allowance_ids.items()
        }

    def rows(self, explain=True):
        """Yield a dict of OUTCOME_COLUMNS per event, in the order of the input."""
        for after_row in range(0, self.row_count, BATCH_ROWS):
            facts = sql_steps.fetch(
                self.env,
                "tariff_document/10_list_outcomes",
                after_row=after_row,
                until_row=after_row + BATCH_ROWS,
            )
            words = self._explanations(facts) if explain else {}
            for fact in facts:
                yield self._row(fact, words)

    def _count_rows(self):
        self.env.cr.execute("SELECT count(*) FROM rate_usage_input")
        return self.env.cr.fetchone()[0]

    def _explanations(self, facts):
        """Return the explanation of each rated event, by its id."""
        ids = [fact["event_id"] for fact in facts if fact["is_rated"]]
        usages = self.env["telecom.rated.usage"].browse(ids)
        words = {usage.id: " ".join(usage.explain().splitlines()) for usage in usages}
        usages.invalidate_recordset()
        return words

    def _row(self, fact, words):
        codes = self.codes
        is_rated = fact["is_rated"]
        return {
            "event_id": fact["event_code"],
            "subscription": fact["subscription_code"],
            "status": "rated" if is_rated else "suspended",
            "reason": fact["reason"],
            "tariff": self.rating.document.code if is_rated else None,
            "plan": self.plan_codes.get(fact["product_id"]),
            "destination": codes["destination"].get(fact["destination_id"]),
            "zone": codes["zone"].get(fact["zone_id"]),
            "network": fact["network"],
            "time_band": codes["time_band"].get(fact["time_band_id"]),
            "allowances": self._allowances(fact),
            "category": codes["category"].get(fact["category_id"]),
            "breakdown": fact["breakdown"],
            "explanation": words.get(fact["event_id"]),
            **{name: _number(fact[name]) for name in NUMBER_COLUMNS},
        }

    def _allowances(self, fact):
        """Return codes and quantities of the allowances that cover an event."""
        breakdown = fact["breakdown"]
        if breakdown is None:
            draws = [(fact["allowance_id"], fact["allowance_quantity"])]
        else:
            draws = [
                (draw["allowance"], draw["quantity"])
                for draw in breakdown.get("allowances", ())
            ]
        covered = {}
        for allowance_id, quantity in draws:
            if quantity and Decimal(quantity):
                code = self.allowance_codes[allowance_id]
                covered[code] = covered.get(code, 0) + Decimal(quantity)
        return tuple(covered.items())

    def summary(self):
        """Yield a dict of SUMMARY_COLUMNS per item of a subscription and month.

        Items are ``usage`` (totals of a plan), ``minimum_spend`` (what a bill adds)
        and ``balance`` (an allowance, what was given of it and used).
        """
        usage = self._fetch("18_sum_usage")
        for fact in usage:
            yield self._item("usage", fact)
        months = [fact["month_date"] for fact in usage]
        missing = self._fetch(
            "19_list_minimum_spend",
            first_month=min(months),
            last_month=max(months),
            currency_digits=self.rating.bench.company.currency_id.decimal_places,
            holder_id=self.rating.bench.holder.id,
        )
        for fact in missing:
            yield self._item("minimum_spend", fact)
        for fact in self._fetch("20_list_balances"):
            if fact["is_unlimited"]:
                fact["granted"] = None
            yield self._item("balance", fact)

    def _fetch(self, name, **params):
        return sql_steps.fetch(
            self.env,
            f"tariff_document/{name}",
            company_id=self.rating.bench.company_id,
            timezone=self.rating.document.time_zone,
            **params,
        )

    def _item(self, name, fact):
        accounts = self.rating.made.account_codes
        return {
            "item": name,
            "subscription": fact["subscription_code"],
            "account": accounts.get(fact["billing_account_id"]),
            "month": fact["month_date"],
            "plan": self.plan_codes.get(fact.get("product_id")),
            "allowance": self.allowance_codes.get(fact.get("allowance_id")),
            "origin_month": fact.get("origin_date"),
            "expires_at": fact.get("expires_at"),
            "event_count": fact.get("event_count"),
            "suspended_count": fact.get("suspended_count"),
            **{name: _number(fact.get(name)) for name in SUMMARY_NUMBERS},
        }


def _number(text):
    return None if text is None else Decimal(text)
