# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The reference rater against sums done by hand, one case per rule."""

from decimal import Decimal as D

import pytest
from reference_rater import rate


def document(**values):
    """Return a document that prices a voice second at 1 cent, unless told otherwise."""
    rates = values.pop("rates", None) or [voice()]
    return {
        "format": "telecom-tariff/1",
        "code": "BASE",
        "name": "Base",
        "rates": rates,
        "destinations": [
            {"code": "es", "name": "Spain", "prefixes": ["34"]},
            {"code": "es_mobile", "name": "Spain, mobile", "prefixes": ["346"]},
        ],
        **values,
    }


def voice(**values):
    """Return a rate of voice."""
    return {"usage_type": "voice", "unit_price": "0.01", **values}


def minutes(code="MIN", **values):
    """Return an allowance of voice."""
    return {"code": code, "name": code, "usage_type": "voice", **values}


def call(quantity, started_at="2026-10-05T10:00:00", **values):
    """Return a usage row of voice to a Spanish mobile."""
    return {
        "event_id": f"{started_at}/{values.get('subscription', 'A')}",
        "subscription": "A",
        "usage_type": "voice",
        "started_at": started_at,
        "quantity": quantity,
        "other_number": "34612345678",
        **values,
    }


def amounts(source, *rows):
    """Return the amounts of rows, None where one waits."""
    return [row.get("amount") for row in rate(source, rows)[0]]


def column(name, source, *rows):
    """Return one column of the results."""
    return [row.get(name) for row in rate(source, rows)[0]]


def test_the_longest_prefix_names_the_destination():
    rows = [call(1), call(1, "2026-10-05T11:00:00", other_number="34931112233")]
    assert column("destination", document(), *rows) == ["es_mobile", "es"]


def test_an_event_that_cannot_be_priced_waits_with_its_reason():
    source = document(
        subscriptions=[{"code": "A", "to": "2026-10-10"}],
        rates=[voice(destination="es_mobile")],
    )
    rows = [
        call(1, "2026-10-09T23:59:59"),
        call(1, "2026-10-10T00:00:00"),
        call(1, "2026-10-03T00:00:00", other_number="5511"),
        call(1, "2026-10-02T00:00:00", other_number="34931112233"),
        call(1, "2026-10-01T00:00:00", visited_country="FR"),
    ]
    reasons = column("reason", source, *rows)
    assert reasons == [None, "no_tariff", "no_destination", "no_rate", "no_rate"]


def test_a_number_served_by_the_company_is_on_net():
    source = document(
        rates=[voice(network="on_net", unit_price="0"), voice()],
        on_net_numbers=["34699000000"],
    )
    rows = [
        call(1, served_number="34611000000"),
        call(1, "2026-10-05T11:00:00", other_number="34611000000"),
        call(1, "2026-10-05T12:00:00", other_number="34699000000"),
    ]
    assert amounts(source, *rows) == [D("0.01"), 0, 0]


def test_the_rate_that_names_most_wins_destination_first():
    night = {
        "code": "night",
        "name": "Night",
        "windows": [{"days": [1, 2, 3, 4, 5, 6, 7], "to": "12:00"}],
    }
    rates = [
        voice(unit_price="4"),
        voice(unit_price="3", time_band="night"),
        voice(unit_price="2", network="off_net"),
        voice(unit_price="1", destination="es_mobile"),
    ]
    for left, price in enumerate(("1", "2", "3", "4")):
        source = document(rates=rates[: 4 - left], time_bands=[night])
        assert amounts(source, call(1)) == [D(price)]


def test_a_holiday_counts_only_the_holiday_windows():
    source = document(
        calendars=[{"code": "feasts", "name": "Feasts", "dates": ["2026-10-12"]}],
        time_bands=[
            {
                "code": "peak",
                "name": "Peak",
                "calendar": "feasts",
                "windows": [
                    {"days": [1, 2, 3, 4, 5], "from": "08:00", "to": "20:00"},
                    {"days": "holiday", "from": "21:00"},
                ],
            }
        ],
        rates=[voice(), voice(time_band="peak", unit_price="0.05")],
    )
    starts = ("05T08:00:00", "05T20:00:00", "12T10:00:00", "12T21:00:00", "11T10:00:00")
    rows = [call(1, f"2026-10-{start}") for start in starts]
    peak, off = D("0.05"), D("0.01")
    assert amounts(source, *rows) == [peak, off, off, peak, off]


def split_document(**values):
    """Return a document that splits calls at 20:00."""
    return document(
        band_rule="split",
        time_bands=[
            {"code": "day", "name": "Day", "windows": [{"days": [1], "to": "20:00"}]}
        ],
        rates=[
            voice(time_band="day", first_increment=60, next_increment=30, **values),
            voice(unit_price="0.001", next_increment=10),
        ],
    )


def test_a_split_call_counts_each_increment_where_it_begins():
    # 60 s from 19:58:50 and 30 s from 19:59:50 by day; 10 s steps from 20:00:20 on.
    source = split_document()
    row = call(95, "2026-10-05T19:58:50")
    assert column("chargeable_quantity", source, row) == [100]
    assert amounts(source, row) == [D("0.910")]


def test_a_split_call_waits_whole_when_a_later_rate_is_missing():
    source = split_document()
    source["rates"].pop()
    rows = [call(70, "2026-10-05T19:58:50"), call(91, "2026-10-05T19:58:30")]
    assert column("reason", source, *rows) == [None, "no_rate"]


def test_a_split_call_follows_the_civil_clock_through_the_long_night():
    bands = [
        {"code": "deep", "name": "2 to 3", "windows": [
            {"days": [7], "from": "02:00", "to": "03:00"}]}
    ]  # fmt: skip
    rates = [voice(unit_price=0), voice(time_band="deep", unit_price="0.01")]
    source = document(band_rule="split", time_bands=bands, rates=rates)
    # 25 October 2026 has the hour from 2 to 3 twice.
    assert amounts(source, call(4 * 3600, "2026-10-25T01:30:00+02:00")) == [72]


@pytest.mark.parametrize(
    ("quantity", "counted"), [(0, 0), (1, 60), (60, 60), (61, 90), (90, 90), (91, 120)]
)
def test_units_count_in_increments(quantity, counted):
    source = document(rates=[voice(first_increment=60, next_increment=30)])
    assert column("chargeable_quantity", source, call(quantity)) == [counted]


def test_a_minimum_quantity_counts_before_increments_and_not_for_nothing():
    source = document(rates=[voice(minimum_quantity=45, next_increment=10)])
    rows = [call(5), call(0, "2026-10-05T11:00:00")]
    assert column("chargeable_quantity", source, *rows) == [51, 0]


def test_a_set_up_fee_goes_with_a_charge_unless_stated():
    included = {"allowances": [minutes(quantity=10)]}
    rows = [call(10), call(5, "2026-10-05T11:00:00"), call(0, "2026-10-05T12:00:00")]
    source = document(rates=[voice(setup_fee="1")], **included)
    assert amounts(source, *rows) == [0, D("1.05"), 0]
    options = {"setup_on_zero": True, "setup_on_covered": True}
    source = document(rates=[voice(setup_fee="1", **options)], **included)
    assert amounts(source, *rows) == [1, D("1.05"), 1]


def test_minimum_and_maximum_charge_hold_the_set_up_fee_too():
    limits = {"setup_fee": "0.1", "minimum_charge": "0.5", "maximum_charge": "2"}
    source = document(rates=[voice(**limits)])
    rows = [
        call(quantity, f"2026-10-05T1{hour}:00:00")
        for hour, quantity in enumerate((1, 100, 1000, 0))
    ]
    assert amounts(source, *rows) == [D("0.5"), D("1.1"), 2, 0]
    exact = column("amount_exact", source, *rows)
    assert exact == [D("0.5"), D("1.1"), 2, 0]


TIERS = [
    {"up_to": 100, "unit_price": "3"},
    {"up_to": 200, "unit_price": "2"},
    {"unit_price": "1"},
]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("graduated", (300, 20, 180 + 10)),
        ("volume", (100, 10, 100)),
        ("package", (10, 1, 10)),
    ],
)
def test_prices_depend_on_the_position_in_the_month(mode, expected):
    tiers = [] if mode == "package" else TIERS
    unit = 10 if mode == "package" else 1
    price = voice(price_mode=mode, tiers=tiers, unit_price=1, price_unit=unit)
    rows = [
        call(100, "2026-10-05T10:00:00"),
        call(10, "2026-10-06T10:00:00"),
        call(100, "2026-10-07T10:00:00"),
    ]
    assert amounts(document(rates=[price]), *rows) == list(expected)


def test_a_package_once_started_is_paid():
    price = voice(price_mode="package", unit_price=1, price_unit=60)
    rows = [call(30, f"2026-10-0{day}T10:00:00") for day in range(1, 5)]
    assert amounts(document(rates=[price]), *rows) == [1, 0, 1, 0]


def test_tiers_start_again_with_the_month_and_beyond_the_last_its_price_holds():
    price = voice(price_mode="graduated", tiers=TIERS[:2])
    rows = [call(150, "2026-10-31T23:59:59"), call(300, "2026-11-01T00:00:00")]
    assert amounts(document(rates=[price]), *rows) == [400, 300 + 400]


def test_allowances_are_drawn_on_in_turn_and_overflow_to_the_next():
    source = document(
        allowances=[
            minutes("B", quantity=30, priority=2),
            minutes("A", quantity=20, priority=1),
        ]
    )
    rows = [call(15), call(40, "2026-10-05T11:00:00")]
    used = column("allowances", source, *rows)
    assert used == [{"A": 15}, {"A": 5, "B": 30}]
    assert amounts(source, *rows) == [0, D("0.05")]


def test_money_covers_the_rounded_amount_after_all_units():
    money = {"code": "EUR", "name": "Euro", "kind": "money", "amount": "0.08"}
    source = document(allowances=[money | {"priority": 1}, minutes(quantity=5)])
    rows = [call(10), call(10, "2026-10-05T11:00:00")]
    assert column("allowance_amount", source, *rows) == [D("0.05"), D("0.03")]
    assert amounts(source, *rows) == [0, D("0.07")]


@pytest.mark.parametrize(
    ("method", "granted"),
    [("days_of_month", 33), ("thirty_days", 34), ("full_month", 100)],
)
def test_a_partial_month_gives_its_part_rounded_up(method, granted):
    source = document(
        proration_method=method,
        allowances=[minutes(quantity=100, proration="by_day")],
        subscriptions=[{"code": "A", "from": "2026-10-22"}],
    )
    rows = [call(1000, "2026-10-30T00:00:00")]
    assert column("allowance_quantity", source, *rows) == [granted]


def test_a_changed_plan_has_its_own_allowance_by_its_days():
    source = document(
        allowances=[minutes(quantity=31, proration="by_day")],
        plans=[{"code": "OTHER", "maximum_spend": "0.02"}],
        subscriptions=[
            {
                "code": "A",
                "lines": [
                    {"plan": "BASE", "to": "2026-10-11"},
                    {"plan": "OTHER", "from": "2026-10-11"},
                ],
            }
        ],
    )
    rows = [call(25, "2026-10-10T10:00:00"), call(25, "2026-10-11T10:00:00")]
    assert column("allowance_quantity", source, *rows) == [10, 21]
    assert amounts(source, *rows) == [D("0.15"), D("0.02")]
    assert column("capped_amount", source, *rows) == [0, D("0.02")]


@pytest.mark.parametrize(
    ("sharing", "covered"),
    [("subscription", [10, 10]), ("account", [10, 0]), ("pooled", [15, 5])],
)
def test_an_allowance_is_shared_as_it_says(sharing, covered):
    source = document(
        allowances=[minutes(quantity=10, sharing=sharing)],
        subscriptions=[{"code": code, "account": "X"} for code in "AB"],
    )
    rows = [call(15), call(15, "2026-10-05T11:00:00", subscription="B")]
    assert column("allowance_quantity", source, *rows) == covered


def test_what_is_unused_rolls_over_up_to_the_limit_and_is_drawn_first():
    source = document(
        allowances=[minutes(quantity=10, rollover_months=1, rollover_limit=6)],
        subscriptions=[{"code": "A", "from": "2026-09-01"}],
    )
    rows = [
        call(3, "2026-09-10T10:00:00"),
        call(14, "2026-10-10T10:00:00"),
        call(30, "2026-11-10T10:00:00"),
    ]
    # September leaves 7, of which 6 roll; October gives 8 of its own, 2 roll.
    assert column("allowance_quantity", source, *rows) == [3, 14, 12]


def test_a_bond_counts_once_within_its_life():
    source = document(
        allowances=[minutes("BOND", one_shot=True)],
        subscriptions=[
            {
                "code": "A",
                "grants": [
                    {
                        "allowance": "BOND",
                        "valid_from_at": "2026-10-05T10:00:00",
                        "expires_at": "2026-11-05T10:00:00",
                        "quantity": 100,
                    }
                ],
            }
        ],
    )
    rows = [
        call(40, "2026-10-05T09:59:59"),
        call(40, "2026-10-05T10:00:00"),
        call(40, "2026-11-01T10:00:00"),
        call(40, "2026-11-05T10:00:00"),
        call(40, "2026-11-05T09:59:59"),
    ]
    assert column("allowance_quantity", source, *rows) == [0, 40, 40, 0, 20]


def test_spend_has_a_maximum_and_a_minimum():
    source = document(maximum_spend="0.25", minimum_spend="1")
    rows = [call(20), call(20, "2026-10-05T11:00:00")]
    assert amounts(source, *rows) == [D("0.2"), D("0.05")]
    due = rate(source, rows)[1]
    assert list(due.values()) == [D("0.75")]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("half_up", ["0.03", "0.02"]),
        ("half_even", ["0.02", "0.02"]),
        ("up", ["0.03", "0.03"]),
        ("down", ["0.02", "0.02"]),
    ],
)
def test_an_amount_is_rounded_once_as_the_tariff_says(method, expected):
    rates = [voice(unit_price="0.025"), voice(usage_type="sms", unit_price="0.021")]
    source = document(rates=rates, amount_digits=2, rounding_method=method)
    rows = [call(1), call(1, "2026-10-05T11:00:00", usage_type="sms")]
    assert amounts(source, *rows) == [D(text) for text in expected]


def test_thirds_of_a_cent_add_up_before_they_are_rounded():
    source = split_document(unit_price="0.01", price_unit=3)
    source["amount_digits"] = 2
    source["rates"][1] |= {"unit_price": "0.02", "price_unit": 3}
    source["rates"][0] |= {"first_increment": 1, "next_increment": 1}
    source["rates"][1]["next_increment"] = 1
    row = call(2, "2026-10-05T19:59:59")
    assert column("amount_exact", source, row) == [D("0.01")]


def test_the_cost_comes_from_the_file_or_the_wholesale_rates():
    source = document(
        rates=[voice(), {"usage_type": "data", "unit_price": "0"}],
        wholesale={"rates": [voice(unit_price="0.004", setup_fee="0.001")]},
    )
    rows = [
        call(10),
        call(10, "2026-10-05T11:00:00", wholesale_cost="0.02"),
        call(10, "2026-10-05T12:00:00", usage_type="data", other_number=""),
    ]
    assert column("wholesale_cost", source, *rows) == [D("0.041"), D("0.02"), None]
    assert column("margin", source, *rows) == [D("0.059"), D("0.08"), None]


def test_events_of_one_instant_take_their_turn_by_their_key():
    source = document(allowances=[minutes(quantity=10)])
    rows = [call(10, event_id="b"), call(10, event_id="a")]
    assert column("allowance_quantity", source, *rows) == [0, 10]


def test_what_is_billed_counts_before_what_comes_late():
    source = document(allowances=[minutes(quantity=10)], maximum_spend="0.12")
    billed = call(15, "2026-10-20T10:00:00")
    late = call(15, "2026-10-01T10:00:00")
    rows, _due = rate(source, [late], [billed])
    assert [row["allowance_quantity"] for row in rows] == [10, 0]
    assert [row["amount"] for row in rows] == [D("0.05"), D("0.07")]


def test_what_billed_usage_took_of_a_rest_is_gone_for_late_usage():
    source = document(
        allowances=[minutes(quantity=10, rollover_months=1)],
        subscriptions=[{"code": "A", "from": "2026-09-01"}],
    )
    billed = call(14, "2026-10-20T10:00:00")
    late = call(10, "2026-09-10T10:00:00")
    rows, _due = rate(source, [late], [billed])
    # October took all of September's rest before its own.
    assert [row["allowance_quantity"] for row in rows] == [14, 0]


def test_billed_usage_took_of_what_rolled_over_within_the_limit():
    source = document(
        allowances=[minutes(quantity=10, rollover_months=1, rollover_limit=2)],
        subscriptions=[{"code": "A", "from": "2026-09-01"}],
    )
    billed = call(5, "2026-10-20T10:00:00")
    late = call(30, "2026-10-10T10:00:00")
    rows, _due = rate(source, [late], [billed])
    # 2 rolled into October and are gone; of October's own 10, 7 are left.
    assert [row["allowance_quantity"] for row in rows] == [5, 7]
