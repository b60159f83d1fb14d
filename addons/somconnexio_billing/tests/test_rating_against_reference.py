# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The SQL against a second rater, on usage that nobody thought of."""

import os

from odoo.tests import TransactionCase, tagged

from ..tariff_document import DocumentError, UsageReader, parse
from .rating_worlds import (
    bare,
    collect_worlds,
    describe,
    differences,
    merge,
    minimum_spend_differences,
    read_seed,
    reduce_piece,
)
from .reference_rater import rate as reference_rate

#: Fewer for the drills of tests/drills, more for whoever has the time.
EVENT_COUNT = int(os.environ.get("RATING_EVENTS") or 20000)
WORLD_PIECES = min(250, EVENT_COUNT // 12)
SHOWN_CASES = int(os.environ.get("RATING_SHOWN_CASES") or 3)


@tagged("post_install", "-at_install")
class TestRatingAgainstReference(TransactionCase):
    def test_generated_events_cost_what_the_reference_says(self):
        event_count = 0
        with self.env["telecom.tariff.document"]._bench() as bench:
            for scene, pieces in collect_worlds(EVENT_COUNT, WORLD_PIECES, read_seed()):
                world = merge(scene, pieces)
                event_count += len(world.rows)
                found = self._differences(bench, world)
                if found:
                    self.fail(self._small_cases(bench, scene, pieces, found))
        self.assertGreaterEqual(event_count, EVENT_COUNT)

    def _differences(self, bench, world):
        document = parse(world.document)
        usage = UsageReader(document).read_all(world.rows)
        rated = bench.rate(document, usage, explain=False)
        expected, due = reference_rate(world.document, world.rows)
        return {
            **differences(rated.rows, expected),
            **minimum_spend_differences(rated.summary, due),
        }

    def _small_cases(self, bench, scene, pieces, found):
        """Return the first accounts that differ, as small as they get."""

        def is_bad(world):
            try:
                return bool(self._differences(bench, world))
            except DocumentError:
                return False

        numbers = sorted({int(event_id.split("-")[0]) for event_id in found})
        texts = [
            f"RATING_SEED={read_seed()}: {len(found)} results of"
            f" {len(numbers)} accounts differ."
        ]
        for number in numbers[:SHOWN_CASES]:
            piece = pieces[number]
            if is_bad(merge(bare(scene), [piece])):
                scene = bare(scene)
            world = merge(scene, [piece])
            if is_bad(world):
                world = merge(scene, [reduce_piece(scene, piece, is_bad)])
            texts.append(f"{describe(world)}\n{self._differences(bench, world)}")
        return "\n\n".join(texts)
