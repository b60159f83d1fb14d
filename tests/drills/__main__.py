# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``python -m drills`` with ``setup`` and ``tests`` on the path.

Without ``--template`` it uses the instance of this checkout, as ``make drill`` does.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from .place import Place
from .run import hold

ROOT = Path(__file__).resolve().parents[2]


def _parse():
    parser = argparse.ArgumentParser(prog="drills", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these drills")
    parser.add_argument("--template", help="database with somconnexio_billing")
    parser.add_argument("--config", type=Path, help="configuration of an Odoo for it")
    return parser.parse_args()


def _place(options, folder):
    if options.template:
        conf = options.config.resolve()
        return Place(ROOT, folder, options.template, conf, sys.executable, {})
    from instance import templates
    from instance.addons import closure
    from instance.instance import Instance

    instance = Instance().prepare()
    addon = next(a for a in instance.addons if a.name == "somconnexio_billing")
    chain = tuple(closure(addon, instance.addons))
    layers = templates.layers(chain, templates.ground(instance))
    template = templates.ensure(instance, layers).name
    conf, python = Path(instance.conf), str(instance.python)
    return Place(ROOT, folder, template, conf, python, instance.environment())


def main():
    """Hold the drills; exit with 1 when a bug was not seen."""
    options = _parse()
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        unseen = hold(_place(options, Path(folder) / "copy"), options.names)
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
