# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""People use their lines as people do."""

import gzip
import json
from collections import Counter, defaultdict
from functools import cache
from statistics import mean, median

from usage_generator_sample import sample_files, sample_truth, sample_world


@cache
def guided_lines(prefix):
    """Return the guided rows of one provider with the subscription of each."""
    guided = {
        (row["file"], int(row["line"])): row["subscription"]
        for row in sample_truth()
        if row["outcome"] == "guided"
    }
    rows = []
    for path in sample_files(f"{prefix}*"):
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rb") as lines:
            for number, line in enumerate(lines, start=1):
                subscription = guided.get((path.name, number))
                if subscription:
                    rows.append((subscription, line.decode("iso-8859-15")))
    return rows


@cache
def calls():
    """Return the cells of the wholesaler's guided voice rows."""
    rows = [text.split(";") for _subscription, text in guided_lines("MW_")]
    return [row for row in rows if row[1] == "VOZ"]


def test_night_is_quiet_and_evening_is_busy():
    hours = Counter(int(row[6][:2]) for row in calls())
    night = mean(hours[hour] for hour in (2, 3, 4))
    evening = mean(hours[hour] for hour in (18, 19, 20))
    assert evening > 10 * max(night, 1)


def test_sunday_has_fewer_calls_than_a_workday():
    days = Counter(row[5] for row in calls())
    assert days["11/10/2026"] < 0.85 * days["08/10/2026"]


def test_holiday_is_like_a_sunday():
    days = Counter(row[5] for row in calls())
    assert days["12/10/2026"] < 0.85 * days["13/10/2026"]


def test_few_contacts_take_most_of_the_calls():
    partners = defaultdict(Counter)
    for row in calls():
        partners[row[3]][row[4]] += 1
    busy = [counter for counter in partners.values() if counter.total() >= 40]
    assert busy
    shares = [
        sum(count for _number, count in counter.most_common(4)) / counter.total()
        for counter in busy
    ]
    assert median(shares) > 0.4


def test_most_calls_are_short_and_few_are_long():
    lengths = [int(row[7]) for row in calls()]
    assert 20 < median(lengths) < 240
    assert mean(lengths) > 1.2 * median(lengths)
    assert max(lengths) <= 4 * 3_600


def test_some_calls_go_abroad_and_to_special_numbers():
    numbers = [row[4] for row in calls() if row[2] == "S"]
    abroad = [number for number in numbers if number.startswith("00")]
    special = [number for number in numbers if len(number) < 9]
    premium = [number for number in numbers if number[:3] in ("803", "806", "807")]
    assert 0.01 < len(abroad) / len(numbers) < 0.15
    assert 0 < len(special) / len(numbers) < 0.05
    assert "112" in special
    assert premium


def test_some_users_travel_within_and_outside_the_union():
    visited = Counter(
        json.loads(text).get("visited", {}).get("country", "ES")
        for _subscription, text in guided_lines("DR_")
    )
    abroad = visited.total() - visited["ES"]
    assert 0 < abroad < 0.2 * visited.total()


def test_most_subscriptions_stay_within_their_data_and_some_do_not():
    limits = _data_limits()
    used = Counter()
    for subscription, text in guided_lines("DR_"):
        volume = json.loads(text).get("volume")
        if volume:
            used[subscription] += volume["uplink"] + volume["downlink"]
    full = [used[code] / limit for code, limit in limits.items()]
    within = sum(share <= 1 for share in full) / len(full)
    assert 0.75 < within < 1
    assert 0.15 < median(full) < 0.9


def _data_limits():
    """Return bytes included by subscription, as the offering's code tells."""
    limits = {}
    for row in sample_world()["subscriptions"]:
        code = row["lines"][0]["offering"]
        megabytes = code.rsplit("_", 1)[1]
        is_alone = "_T_" in code or "_PACK_" in code
        if is_alone and row["state"] == "active" and megabytes not in ("0", "CONSERVA"):
            limits[row["code"]] = int(megabytes) * 1024**2
    return limits
