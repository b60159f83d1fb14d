# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Write the destinations of somconnexio_billing from public numbering data.

    .venv/bin/python setup/destination_data.py

Destinations with their prefixes, and the roaming zones (``destinations/zones.py``).
Foreign ranges come from the metadata of the library phonenumbers, Spanish ones from
somconnexio_base's numbering plan and, for short codes, from phonenumbers too. Run it
after an update of phonenumbers, and look at the difference of the CSV files
before committing it.

A country is one destination. Where calls to mobiles have their own price (the EU, the
EEA and their neighbours) it has a second one for its mobile ranges. Numbers that the
metadata can't tell apart, such as Saint-Barthélemy's from Guadeloupe's, stay with the
main country of the calling code.
"""

import csv
import sys
from pathlib import Path

import phonenumbers
from babel import Locale
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "addons" / "somconnexio_base"))

from destinations import number_pattern, spanish, world, zones  # noqa: E402
from destinations.model import (  # noqa: E402
    Destination,
    country_reference,
    named,
)

DATA_FOLDER = ROOT / "addons" / "somconnexio_billing" / "data" / "rating"
NO_REGION = "001"
SPAIN = "ES"
LONGEST_PREFIX = 6
# EU and EEA, then neighbours to whose mobiles calls are priced apart as well. Not
# Denmark, whose fixed and mobile numbers lie among each other.
MOBILE_REGIONS = set(
    "AT BE BG CY CZ DE EE FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    " IS LI NO AD CH GB".split()
)
MOBILE_SUFFIX = named(", mobile", ", mòbils", ", móviles")


def main():
    """Write the CSV files and say how many rows they have."""
    destinations = [*spanish.destinations(), *foreign_destinations()]
    write_csv(
        "telecom.destination.csv",
        ["id", "code", "name", "name@ca", "name@es", "kind", "country_id/id"],
        (destination.row() for destination in destinations),
    )
    prefixes = sorted(
        (prefix, destination.xml_id)
        for destination in destinations
        for prefix in destination.prefixes
    )
    write_csv(
        "telecom.destination.prefix.csv",
        ["id", "prefix", "destination_id/id"],
        (
            [f"destination_prefix_{prefix}", prefix, xml_id]
            for prefix, xml_id in prefixes
        ),
    )
    write_csv(
        "telecom.roaming.zone.csv",
        ["id", "code", "name", "name@ca", "name@es", "sequence", "country_ids/id"],
        zones.rows(),
    )
    print(f"{len(destinations)} destinations, {len(prefixes)} prefixes")
    print(f"phonenumbers {phonenumbers.__version__}")


def write_csv(name, header, rows):
    """Write one data file of the addon."""
    with (DATA_FOLDER / name).open("w", encoding="utf-8", newline="") as csv_file:
        writer = csv.writer(csv_file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def foreign_destinations():
    """Yield the destinations of all calling codes but Spain's, by calling code."""
    for calling_code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items()):
        if regions == (NO_REGION,):
            names, kind = world.CALLING_CODES[str(calling_code)]
            code = f"world-{calling_code}"
            yield Destination(code, names, kind, None, [str(calling_code)])
        elif SPAIN not in regions:
            yield from calling_code_destinations(str(calling_code), regions)


def calling_code_destinations(calling_code, regions):
    """Yield the destinations of the countries that share a calling code.

    :param str calling_code: digits, such as 44
    :param regions: ISO codes of the countries, the main one first
    """
    patterns = {}
    main_code = regions[0]
    for region in regions:
        patterns.update(region_patterns(region, main_code))
    prefixes = number_pattern.split_ranges(patterns, main_code, LONGEST_PREFIX)
    for code in patterns:
        region = code.removesuffix("-mobile")
        own = [""] if code == main_code else prefixes.get(code, [])
        yield Destination(
            code,
            country_names(region, is_mobile=code != region),
            "international",
            country_reference(region),
            [calling_code + prefix for prefix in own],
        )


def country_names(region, is_mobile):
    """Return the names of a country, or of its mobile numbers, by language."""
    return {
        language: Locale(language).territories[region] + (suffix if is_mobile else "")
        for language, suffix in MOBILE_SUFFIX.items()
    }


def region_patterns(region, main_region):
    """Return the number patterns of a country by destination code.

    Services such as freephone stay with the main country of the calling code, and so
    do numbers that follow the same pattern as its own. A country that only has some
    leading digits of it is told apart by these.

    :param str region: ISO code
    :param str main_region: ISO code of the calling code's main country
    :return: dict of lists of regular expressions over national numbers
    """
    metadata = PhoneMetadata.metadata_for_region(region)
    fixed, mobile = fixed_and_mobile(region)
    if region == main_region:
        if region in MOBILE_REGIONS:
            return {region: [fixed], f"{region}-mobile": [mobile]}
        return {region: [pattern for pattern in (fixed, mobile) if pattern]}
    if metadata.leading_digits:
        return {region: [rf"(?:{metadata.leading_digits})\d*"]}
    shared = {None, *fixed_and_mobile(main_region)}
    return {region: [pattern for pattern in (fixed, mobile) if pattern not in shared]}


def fixed_and_mobile(region):
    """Return a country's expressions of fixed and mobile numbers, or None."""
    metadata = PhoneMetadata.metadata_for_region(region)
    return tuple(
        description and description.national_number_pattern
        for description in (metadata.fixed_line, metadata.mobile)
    )


if __name__ == "__main__":
    main()
