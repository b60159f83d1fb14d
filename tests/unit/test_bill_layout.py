# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Whatever a bill holds, it stays on its pages and loses nothing."""

import re
from dataclasses import replace
from decimal import Decimal

import bill_sample as sample
from bill import theme
from bill.document import ChargeGroup, ChargeLine, SubscriptionUsage
from bill.itemised import COLUMNS, ROW, _split
from bill.render import lay_out
from hypothesis import given, settings, strategies as st

TEXT_AT = re.compile(r"BT .*?(-?[\d.]+) (-?[\d.]+) Td \(")
amounts = st.decimals(-9999, 9999, places=2)
counts = st.integers(0, 260)


@st.composite
def documents(draw):
    """A bill of any number of subscriptions, lines, allowances and calls."""
    name = draw(st.text(min_size=1, max_size=90))
    groups = tuple(
        ChargeGroup(
            name,
            draw(st.sampled_from(["", name])),
            tuple(ChargeLine(name, amount) for amount in draw(st.lists(amounts))),
        )
        for _ in range(draw(st.integers(0, 9)))
    )
    allowances = sample.sample_document().usage[0].allowances
    usage = tuple(
        SubscriptionUsage(
            name,
            name,
            draw(st.integers(0, 3)) * allowances,
            tuple(
                sample.call_group(name, draw(counts), hidden=draw(st.integers(0, 3)))
                for _ in range(draw(st.integers(0, 3)))
            ),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    notices = (name,) * draw(st.integers(0, 20))
    total = draw(amounts)
    document = sample.sample_document(charge_groups=groups, usage=usage)
    return replace(
        document, notices=notices, message=name, footer=name, amount_total=total
    )


def operators(sheet):
    """Return all drawing operators of a bill as text."""
    return [op for page in sheet.pen.pages for op in page if isinstance(op, str)]


@settings(max_examples=40, deadline=None)
@given(documents())
def test_text_stays_between_margins_and_footer(document):
    for operator in operators(lay_out(document, sample.FONT_FOLDERS)):
        for x, y in TEXT_AT.findall(operator):
            assert theme.LEFT - 1 <= float(x) <= theme.RIGHT
            assert theme.BOTTOM - 12 <= float(y) <= theme.TOP


@settings(max_examples=40, deadline=None)
@given(documents())
def test_every_itemised_call_is_drawn_once(document):
    drawn = " ".join(operators(lay_out(document, sample.FONT_FOLDERS)))
    listed = sum(len(g.items) for usage in document.usage for g in usage.groups)
    assert len(re.findall(r"\(\d\d:\d\d:\d\d\)", drawn)) == listed


@given(st.integers(1, 500), st.floats(0, 700), st.floats(10, 60))
def test_split_loses_nothing_and_leaves_no_lone_row(count, height, foot):
    items = tuple(range(count))
    kept, rest = _split(items, height, foot)
    assert kept + rest == items
    assert kept
    if len(kept) > COLUMNS:
        assert not rest or len(rest) >= 2 * COLUMNS
        assert len(kept) / COLUMNS <= max(height // ROW, 1)


def test_total_and_its_taxes_stay_together():
    for lines in range(1, 80):
        group = ChargeGroup(
            "Fibra", "", tuple(ChargeLine("Quota", Decimal(1)) for _ in range(lines))
        )
        document = sample.sample_document(charge_groups=(group,), usage=())
        pages = lay_out(document, sample.FONT_FOLDERS).pen.pages
        (page,) = [
            page for page in pages if any("(Base imposable)" in str(op) for op in page)
        ]
        assert any("(Total)" in str(op) for op in page)
