# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tests import BaseCase

from .. import lifecycle


class TestLifecycleTable(BaseCase):
    def test_table_allows_exactly_the_written_transitions(self):
        allowed = {
            ("pending", "active"),
            ("pending", "terminated"),
            ("active", "suspended"),
            ("active", "terminated"),
            ("suspended", "active"),
            ("suspended", "terminated"),
        }
        states = [state for state, _label in lifecycle.STATES]
        for source in states:
            for target in states:
                with self.subTest(f"{source} to {target}"):
                    self.assertEqual(
                        lifecycle.can_move(source, target), (source, target) in allowed
                    )

    def test_each_verb_starts_from_states_that_may_follow_it(self):
        targets = {
            "activate": "active",
            "suspend": "suspended",
            "resume": "active",
            "terminate": "terminated",
        }
        for verb, target in targets.items():
            for source in lifecycle.VERB_SOURCES[verb]:
                with self.subTest(f"{verb} from {source}"):
                    self.assertTrue(lifecycle.can_move(source, target))

    def test_terminated_is_final(self):
        self.assertEqual(lifecycle.next_states("terminated"), ())
