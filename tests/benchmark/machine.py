# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""On what it was measured."""

import os
import platform
from datetime import date

import psutil

GIBIBYTE = 1024**3


def describe_machine(instance):
    """Return cores, memory, load and versions as a dict of texts."""
    connection = instance.connect("postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (postgresql,) = cursor.fetchone()
    finally:
        connection.close()
    return {
        "date": date.today().isoformat(),
        "cores": str(os.cpu_count()),
        "memory": f"{psutil.virtual_memory().total / GIBIBYTE:.0f} GiB",
        "processor": _processor(),
        "load at the start": f"{os.getloadavg()[0]:.1f}",
        "odoo": instance.odoo.version,
        "postgresql": postgresql.split()[0],
        "python": platform.python_version(),
    }


def _processor():
    """Return the processor's name, where Linux tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()
