# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The whole world, in the order of its needs."""

import json

from .batch import commit
from .collection import load_mandates, set_up_bank
from .cooperative import activate_languages, add_people, load_catalogue, set_up_company
from .life import load_life
from .members import load_billing_accounts, load_members
from .resources import load_assignments, load_resources
from .subscriptions import follow_lives, load_lines, load_subscriptions


def load_world(env, path, with_life=False):
    """Load ``world.json`` into an empty database of the addons; commits.

    :param env: Odoo environment of the superuser
    :param Path path: the file that the generator wrote
    :param bool with_life: let some members join, leave, ask for changes and be told;
        benchmarks measure without
    """
    world = json.loads(path.read_text(encoding="utf-8"))
    activate_languages(env, {row["lang"] for row in world["members"]})
    set_up_company(env)
    set_up_bank(env)
    add_people(env)
    load_catalogue(env)
    commit(env)
    partners = load_members(env, world["members"])
    accounts = load_billing_accounts(env, world["billing_accounts"], partners)
    load_mandates(env, world["billing_accounts"], accounts)
    rows = world["subscriptions"]
    subscriptions = load_subscriptions(env, rows, accounts)
    load_lines(env, rows, subscriptions)
    resources = load_resources(env, world["resources"])
    load_assignments(env, world["assignments"], resources, subscriptions)
    follow_lives(env, rows, subscriptions)
    env["telecom.pack"]._take_over_running()
    commit(env)
    if with_life:
        load_life(env, world["month"])
        commit(env)
