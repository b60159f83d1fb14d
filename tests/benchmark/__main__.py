# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``python -m benchmark`` with ``setup`` and ``tests`` on the path."""

import sys

from instance.errors import SetupError
from instance.instance import Instance

from .run import main

try:
    main(Instance().prepare(), sys.argv[1:])
except SetupError as error:
    sys.exit(str(error))
