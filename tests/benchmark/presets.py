# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The sizes that are measured and kept in the document."""

from typing import NamedTuple


class Preset(NamedTuple):
    """A size by its name."""

    records: int
    subscriptions: int
    title: str


#: The one that ``make bench`` measures when nothing else is said.
STANDARD = "standard"
PRESETS = {
    STANDARD: Preset(1_000_000, 10_000, "A million records, 10,000 subscriptions"),
    "large": Preset(4_000_000, 40_000, "Four times as much, to see how cost grows"),
    # What OpenCell publishes figures for: accounts x records; ours are subscriptions.
    "heavy_users": Preset(1_000_000, 1_000, "1,000 subscriptions x 1,000 records"),
    "light_users": Preset(1_000_000, 100_000, "100,000 subscriptions x 10 records"),
}
SEED = 7


def preset_of(options):
    """Return the name of the preset that some options ask for, None for another size.

    :param options: as ``read_options`` returns them
    """
    for name, preset in PRESETS.items():
        wanted = (preset.records, preset.subscriptions, SEED)
        if (options.records, options.subscriptions, options.seed) == wanted:
            return name
    return None
