# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The usage printed on a batch of bills: three statements for any number of bills."""

from collections import defaultdict
from decimal import Decimal

from ... import sql_steps
from ...bill.document import (
    AllowanceUse,
    ItemisedUsage,
    SubscriptionUsage,
    UsageGroup,
    UsageUnit,
)

KEY_LENGTH = 5  # run, account, subscription, category, usage type


class BillUsage:
    """Usage of the billing accounts of some bill runs, by (run, account) pair."""

    def __init__(self, env, heads, with_included, with_free=False):
        """Read the usage of the bills.

        :param list heads: BillHead of each bill
        :param bool with_included: itemise what an allowance paid, too
        :param bool with_free: count calls free of charge in the totals
        """
        used_heads = [head for head in heads if head.run_id]
        self._params = {
            "run_ids": list({head.run_id for head in used_heads}),
            "account_ids": [head.account.id for head in used_heads],
        }
        itemised = [h.account.id for h in used_heads if h.account.itemised_bill]
        self._groups = self._read(env, "74_sum_bill_usage", with_free=with_free)
        self._allowances = self._read(env, "75_sum_bill_allowances")
        self._items = self._read_items(env, itemised, with_included)

    def _read(self, env, step, **params):
        """Return rows by (run, account), then by subscription, in the SQL's order."""
        rows = defaultdict(lambda: defaultdict(list))
        if self._params["account_ids"]:
            for row in sql_steps.fetch(env, step, **self._params, **params):
                key = row["bill_run_id"], row["billing_account_id"]
                rows[key][row["subscription_id"]].append(row)
        return rows

    def _read_items(self, env, account_ids, with_included):
        """Return the itemised events by run, account, subscription, category, type."""
        items = defaultdict(list)
        if account_ids:
            sql_steps.run(
                env,
                "73_list_itemised_usage",
                run_ids=self._params["run_ids"],
                account_ids=account_ids,
                with_included=with_included,
            )
            # Tuples: this is by far the longest list of a bill.
            for row in env.cr.fetchall():
                items[row[:KEY_LENGTH]].append(row[KEY_LENGTH:])
        return items

    def of(self, head, titles, names):
        """Return the ``SubscriptionUsage`` of one bill, in the order of its titles.

        :param dict titles: {subscription id: (title, subtitle)}
        :param BillNames names: names in the bill's language
        """
        key = head.run_id, head.account.id
        groups, allowances = self._groups.get(key, {}), self._allowances.get(key, {})
        return tuple(
            SubscriptionUsage(
                *titles[subscription_id],
                allowances=tuple(
                    self._allowance(row, names)
                    for row in allowances.get(subscription_id, ())
                ),
                groups=tuple(
                    self._group(row, names) for row in groups.get(subscription_id, ())
                ),
            )
            for subscription_id in titles
            if subscription_id in groups or subscription_id in allowances
        )

    def subscription_ids(self):
        """Return the subscriptions that used something, over all bills."""
        rows = (*self._groups.values(), *self._allowances.values())
        return {subscription_id for by_id in rows for subscription_id in by_id}

    def subscription_ids_of(self, head):
        """Return the subscriptions of one bill that used something."""
        key = head.run_id, head.account.id
        return [*self._groups.get(key, ()), *self._allowances.get(key, ())]

    def _allowance(self, row, names):
        limit = row["quantity"]
        return AllowanceUse(
            name=" · ".join(
                (
                    names("telecom.usage.type", row["usage_type_id"]),
                    names("telecom.allowance", row["allowance_id"]),
                )
            ),
            unit=UsageUnit(row["unit"]),
            used=Decimal(row["used"]),
            limit=None if limit is None else Decimal(limit),
        )

    def _group(self, row, names):
        key = (
            row["bill_run_id"],
            row["billing_account_id"],
            row["subscription_id"],
            row["category_id"],
            row["usage_type_id"],
        )
        items = tuple(
            ItemisedUsage(
                at,
                number,
                names("telecom.destination", destination),
                Decimal(quantity),
                Decimal(amount),
                is_included,
            )
            for at, number, destination, quantity, amount, is_included in (
                self._items.get(key, ())
            )
        )
        return UsageGroup(
            name=names("telecom.usage.category", row["category_id"]),
            unit=UsageUnit(row["unit"]),
            event_count=row["event_count"],
            quantity=Decimal(row["quantity"]),
            charged_quantity=Decimal(row["charged_quantity"]),
            amount=Decimal(row["amount"]),
            items=items,
        )
