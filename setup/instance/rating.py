"""`make rate`: rate a file of usage by a tariff document, in a database of its own."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from . import templates
from .addons import closure
from .errors import SetupError
from .instance import Instance

ADDON = "somconnexio_billing"
NEEDED = ("TARIFF", "USAGE", "OUTPUT")


def rate(instance: Instance) -> int:
    """Run `odoo rate_usage` on the files that make was told; its exit code.

    The database is the one that tests are copied from: rating leaves nothing in it.
    """
    words = arguments(os.environ)
    instance.prepare()
    addon = next(addon for addon in instance.addons if addon.name == ADDON)
    chain = tuple(closure(addon, instance.addons))
    layers = templates.layers(chain, templates.ground(instance))
    database = templates.ensure(instance, layers)
    command = instance.odoo_command(["rate_usage", "-d", database.name, *words])
    # What Odoo's libraries have to say of each other is nothing to who rates a file.
    environment = instance.environment({"PYTHONWARNINGS": "ignore"})
    return subprocess.call(command, env=environment, cwd=instance.root)


def arguments(names: Mapping[str, str]) -> list[str]:
    """The options of the command, from make's variables.

    :raise SetupError: when one that is needed is missing

    >>> arguments({"TARIFF": "/t.json", "USAGE": "/u.csv", "OUTPUT": "/o.csv"})
    ['--tariff', '/t.json', '--usage', '/u.csv', '--output', '/o.csv']
    """
    missing = [name for name in NEEDED if not names.get(name)]
    if missing:
        raise SetupError(
            f"{', '.join(missing)} is not given.",
            "Say: make rate TARIFF=tariff.json USAGE=usage.csv OUTPUT=rated.csv",
        )
    words = []
    for name in (*NEEDED, "SUMMARY"):
        if names.get(name):
            words += [f"--{name.lower()}", str(Path(names[name]).absolute())]
    return words
