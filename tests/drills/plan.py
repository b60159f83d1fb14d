# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The bugs, and which tests see them."""

from pathlib import Path

from .drill import SQL_FOLDER, Drill

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ("test_rating_against_reference.py",)
PROPERTIES = ("test_rating_properties.py",)
SHAPES = ("test_rating_shapes.py",)
LATE = ("test_rating_late.py",)
RERUN = ("test_rating_rerun.py",)
IN_TURN = "order by event.started_at, event.event_key, event.part_number"
PRORATION = ("test_bill_run_proration.py",)


def redefined(step, old, new):
    """Return the statement that puts a function with a bug into the database."""
    text = (ROOT / SQL_FOLDER / f"{step}.sql").read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{step} has changed: adapt the drill"
    return (text.replace(old, new),)


def rounding(old, new):
    """Return the statement that puts a wrong rounding into the database."""
    return redefined("30_create_round_function", old, new)


def drop(table, constraint):
    """Return the statement that drops a constraint."""
    return (f"ALTER TABLE {table} DROP CONSTRAINT {constraint}",)


def _finding():
    yield Drill(
        "prefix", "the shortest prefix wins", SHAPES,
        "34_find_destination", "active_prefix.prefix_length desc",
        "active_prefix.prefix_length asc",
    )  # fmt: skip
    yield Drill(
        "destination-rank", "a rate that names the destination has no advantage",
        REFERENCE, "38_find_rate", "(rate.destination_key > 0) desc,", "",
    )  # fmt: skip
    yield Drill(
        "network-rank", "a rate that names the network has no advantage", REFERENCE,
        "38_find_rate", "(rate.network <> 'any') desc,", "",
    )  # fmt: skip
    yield Drill(
        "network", "on-net rates fit off-net calls", REFERENCE,
        "38_find_rate", "rate.network in ('any', situation.network)", "true",
    )  # fmt: skip
    yield Drill(
        "valid-to", "a rate is valid on its last day too (<= for <)", REFERENCE,
        "38_find_rate", "situation.started_date < rate.valid_to",
        "situation.started_date <= rate.valid_to",
    )  # fmt: skip


def _counting():
    yield Drill(
        "increment", "a started increment is not counted", REFERENCE,
        "40_count_units",
        "+ sign(\n                    mod(",
        "+ 0 * sign(\n                    mod(",
    )  # fmt: skip
    yield Drill(
        "minimum-quantity", "the least quantity of a rate is ignored", REFERENCE,
        "40_count_units", "greatest(event.quantity, rate.minimum_quantity)",
        "event.quantity",
    )  # fmt: skip
    yield Drill(
        "split-first", "each segment of a split call has a first increment",
        REFERENCE, "40a_split_calls",
        "when segment.segment_number = 1 then", "when true then", 2,
    )  # fmt: skip


def _including():
    yield Drill(
        "tie-break", "calls of one instant take turns as they happen to lie",
        PROPERTIES, "42_apply_allowance", IN_TURN, "order by event.started_at",
    )  # fmt: skip
    yield Drill(
        "turn", "the last call takes its turn first", REFERENCE,
        "42_apply_allowance", IN_TURN, IN_TURN.replace("started_at", "started_at desc"),
    )  # fmt: skip
    yield Drill(
        "priority", "the priority of allowances is ignored", REFERENCE,
        "39b_list_sources", "allowance.priority asc,", "",
    )  # fmt: skip
    yield Drill(
        "expiry", "what expires first is not drawn on first", REFERENCE,
        "39b_list_sources", "source.expires_at asc,", "",
    )  # fmt: skip
    yield Drill(
        "sharing", "each member of an account has the shared allowance alone",
        REFERENCE, "39b_list_sources",
        "source.grant_id is null and allowance.sharing <> 'subscription'", "false",
    )  # fmt: skip
    yield Drill(
        "proration", "a partial month's allowance is rounded down", SHAPES,
        "41b_grant_allowances", "+ sign(mod(holder.quantity * holder.share,",
        "+ 0 * sign(mod(holder.quantity * holder.share,",
    )  # fmt: skip
    yield Drill(
        "rollover-limit", "more rolls over than the limit", REFERENCE,
        "42f_roll_over", "when coalesce(allowance.rollover_limit, 0) = 0", "when true",
    )  # fmt: skip
    yield Drill(
        "rollover-oldest", "the newest rest is dropped first", REFERENCE,
        "42f_roll_over", "order by rest.origin_date desc", "order by rest.origin_date",
    )  # fmt: skip
    yield Drill(
        "overflow", "what the first allowance leaves is not drawn from the next",
        REFERENCE, "42e_settle_pass", "and draw.quantity > 0", "and draw.quantity < 0",
    )  # fmt: skip


def _pricing():
    yield Drill(
        "half-even", "half up and half to even are swapped", REFERENCE,
        statements=rounding("when method = 'half_up'", "when method = 'half_even'"),
    )  # fmt: skip
    yield Drill(
        "round-up", "amounts are rounded down where the tariff says up", REFERENCE,
        statements=rounding("when method = 'down'", "when method in ('down', 'up')"),
    )  # fmt: skip
    yield Drill(
        "month-share", "a day's share of a month is rounded before the fee", PRORATION,
        statements=redefined(
            "30_create_prorate_function",
            "amount * least(day_count, 30)::numeric(20, 6) / 30",
            "amount * (least(day_count, 30) / 30)",
        ),
    )  # fmt: skip
    yield Drill(
        "thirds", "parts are rounded before they are added", SHAPES,
        "43b_price_cut_calls", "round(sum(part.amount), 20)", "sum(part.amount)",
    )  # fmt: skip
    yield Drill(
        "tier-edge", "a tier ends before its last unit (< for <=)", REFERENCE,
        "43a_place_tiers", "placed.total_quantity <= tier.up_to_quantity",
        "placed.total_quantity < tier.up_to_quantity",
    )  # fmt: skip
    yield Drill(
        "setup-covered", "included calls pay the set-up fee if it isn't stated",
        REFERENCE, "43_price_usage", "when rate.is_setup_on_covered and", "when",
    )  # fmt: skip
    yield Drill(
        "spend", "the maximum spend forgets what was spent before", REFERENCE,
        "43f_cap_spend",
        "greatest(spend.maximum_spend - spend.spent_before, 0)",
        "spend.maximum_spend", 2,
    )  # fmt: skip
    yield Drill(
        "wholesale", "wholesale calls without set-up fee on zero pay it", REFERENCE,
        "43g_price_wholesale",
        "when event.chargeable_quantity > 0 or event.is_setup_on_zero", "when true",
    )  # fmt: skip


def _closing():
    yield Drill(
        "closed-allowance", "what billed calls were given doesn't count", LATE,
        "41a_sum_closed_draws", "where open_usage.event_id = drawn.event_id", "",
    )  # fmt: skip
    yield Drill(
        "closed-spend", "what was billed doesn't count for the maximum spend", LATE,
        "43e_list_spend", "where open_usage.event_id = rated.event_id", "",
    )  # fmt: skip
    yield Drill(
        "billed-open", "billed rows are priced again", RERUN,
        "32_list_open_usage", "run.id is null\n", "true or run.id is null\n",
    )  # fmt: skip
    yield Drill(
        "late", "no call is late", RERUN,
        "33_select_events",
        "event_dated.started_civil::date < %(period_start)s::date as is_late",
        "false as is_late",
    )  # fmt: skip


def _keeping_once():
    yield Drill(
        "event-unique", "an event may be stored twice", ("test_mediation_sql.py",),
        statements=drop("telecom_usage_event", "telecom_usage_event_key_unique"),
    )  # fmt: skip
    yield Drill(
        "file-unique", "a file may come in twice", ("test_mediation_concurrency.py",),
        statements=drop("telecom_usage_file", "telecom_usage_file_content_unique"),
    )  # fmt: skip
    yield Drill(
        "rate-overlap", "two rates may be for the same", ("test_rating_records.py",),
        statements=drop("telecom_tariff_rate", "telecom_tariff_rate_no_overlap"),
    )  # fmt: skip
    yield Drill(
        "bill-unique", "an account may be billed twice for a month",
        ("test_bill_run_once.py",),
        statements=("DROP INDEX telecom_bill_run_account_one_live_bill",),
    )  # fmt: skip
    yield Drill(
        "company-rule", "rated usage of another company may be read",
        ("test_rating_access.py",),
        statements=(
            "UPDATE ir_rule SET active = false WHERE model_id ="
            " (SELECT id FROM ir_model WHERE model = 'telecom.rated.usage')",
        ),
    )  # fmt: skip


def all_drills():
    """Return every drill."""
    groups = (_finding, _counting, _including, _pricing, _closing, _keeping_once)
    return [drill for group in groups for drill in group()]
