# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A tariff document (format telecom-tariff/1) as plain values, defaults filled in."""

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from .clock import Band, instant
from .terms import Allowance, Bond, Line, Plan, Rate, Subscription

FIRST_DAY, LAST_DAY = date.min, date.max
SECONDS = "second"
BUILT_IN_UNITS = {"voice": SECONDS, "sms": "message", "mms": "message", "data": "byte"}
INHERITED = (
    "amount_digits",
    "rounding_method",
    "band_rule",
    "proration_method",
    "minimum_spend",
    "maximum_spend",
    "rates",
    "allowances",
)


class Document:
    """Everything a document says.

    :param dict source: the JSON object; amounts as texts, integers or Decimals
    """

    def __init__(self, source):
        self.source = source
        self.code = source["code"]
        self.zone = ZoneInfo(source.get("time_zone") or "Europe/Madrid")
        calendars = {
            calendar["code"]: frozenset(map(_day, calendar.get("dates", ())))
            for calendar in source.get("calendars", ())
        }
        self.bands = {
            row["code"]: Band(place, row, calendars, self.zone)
            for place, row in enumerate(source.get("time_bands", ()))
        }
        self.units = BUILT_IN_UNITS | {
            row["code"]: row["unit"] for row in source.get("usage_types", ())
        }
        self.prefixes = {
            prefix: row["code"]
            for row in source.get("destinations", ())
            for prefix in row.get("prefixes", ())
        }
        self.zones = {
            country: row["code"]
            for row in source.get("roaming_zones", ())
            for country in row.get("countries", ())
        }
        categories = source.get("categories") or [{"code": None}]
        self.category = categories[0]["code"]
        self.on_net_numbers = frozenset(source.get("on_net_numbers", ()))
        self.plans = {self.code: self._plan(source)}
        for row in source.get("plans", ()):
            inherited = {key: source[key] for key in INHERITED if key in source}
            self.plans[row["code"]] = self._plan(inherited | row)
        wholesale = source.get("wholesale")
        self.wholesale = self._plan(source | wholesale) if wholesale else None
        self.subscriptions = {
            row["code"]: self._subscription(row)
            for row in source.get("subscriptions") or ()
        }

    def subscription(self, code):
        """Return a subscription; without a list each has the document for ever."""
        if self.source.get("subscriptions") is None and code not in self.subscriptions:
            self.subscriptions[code] = self._subscription({"code": code})
        return self.subscriptions[code]

    def _plan(self, row):
        code = row["code"]
        return Plan(
            code=code,
            digits=row.get("amount_digits", 6),
            rounding=row.get("rounding_method", "half_up"),
            splits=row.get("band_rule", "start") == "split",
            proration_method=row.get("proration_method", "days_of_month"),
            minimum_spend=_number(row, "minimum_spend"),
            maximum_spend=_number(row, "maximum_spend"),
            rates=tuple(map(self._rate, *_numbered(row, "rates"))),
            allowances=tuple(
                self._allowance(code, index, allowance)
                for index, allowance in enumerate(row.get("allowances", ()))
            ),
        )

    def _rate(self, index, row):
        numbers = {
            name: _number(row, name, default)
            for name, default in (
                ("setup_fee", 0),
                ("unit_price", 0),
                ("price_unit", 1),
                ("first_increment", 1),
                ("next_increment", 1),
                ("minimum_quantity", 0),
                ("minimum_charge", 0),
                ("maximum_charge", 0),
            )
        }
        return Rate(
            index=index,
            usage_type=row["usage_type"],
            direction=row.get("direction", "outgoing"),
            destination=row.get("destination"),
            zone=row.get("zone"),
            network=row.get("network", "any"),
            band=self.bands.get(row.get("time_band")),
            valid_from=_day(row.get("valid_from")) or FIRST_DAY,
            valid_to=_day(row.get("valid_to")) or LAST_DAY,
            setup_on_zero=row.get("setup_on_zero", False),
            setup_on_covered=row.get("setup_on_covered", False),
            price_mode=row.get("price_mode", "per_unit"),
            tiers=tuple(map(_tier, row.get("tiers", ()))),
            category=row.get("category"),
            **numbers,
        )

    def _allowance(self, plan, index, row):
        kind = row.get("kind", "quantity")
        size = _number(row, "amount" if kind == "money" else "quantity")
        return Allowance(
            plan=plan,
            index=index,
            code=row["code"],
            kind=kind,
            usage_type=row.get("usage_type"),
            direction=row.get("direction", "outgoing"),
            destinations=frozenset(row.get("destinations", ())),
            network=row.get("network", "any"),
            include_home=row.get("include_home", True),
            zones=frozenset(row.get("zones", ())),
            band=self.bands.get(row.get("time_band")),
            size=None if row.get("unlimited") else size,
            priority=row.get("priority", 10),
            sequence=row.get("sequence", 10),
            sharing=row.get("sharing", "subscription"),
            proration=row.get("proration", "full"),
            rollover_months=row.get("rollover_months", 0),
            rollover_limit=_number(row, "rollover_limit"),
            one_shot=row.get("one_shot", False),
        )

    def _subscription(self, row):
        first = _day(row.get("from")) or FIRST_DAY
        end = _day(row.get("to")) or LAST_DAY
        rows = row.get("lines") or [{"plan": row.get("plan") or self.code}]
        lines = tuple(
            Line(
                self.plans[line["plan"]],
                max(first, _day(line.get("from")) or FIRST_DAY),
                min(end, _day(line.get("to")) or LAST_DAY),
            )
            for line in rows
        )
        bonds = tuple(
            self._bond(index, bond, lines)
            for index, bond in enumerate(row.get("grants", ()))
        )
        account = row.get("account") or f"\0{row['code']}"
        return Subscription(row["code"], account, lines, bonds)

    def _bond(self, index, row, lines):
        allowance = next(
            allowance
            for line in lines
            for allowance in line.plan.allowances
            if allowance.code == row["allowance"]
        )
        expires = row.get("expires_at")
        return Bond(
            index,
            allowance,
            instant(row["valid_from_at"], self.zone),
            instant(expires, self.zone) if expires else None,
            Decimal(str(row["quantity"])),
        )


def _numbered(row, name):
    rows = row.get(name, ())
    return range(len(rows)), rows


def _number(row, name, default=0):
    value = row.get(name)
    return Decimal(str(default if value is None else value))


def _day(text):
    return date.fromisoformat(text) if text else None


def _tier(row):
    up_to = row.get("up_to")
    end = None if up_to is None else Decimal(str(up_to))
    return end, Decimal(str(row["unit_price"]))
