"""Let Odoo's test classes stand outside an addon, as the flows over all addons do.

Odoo gives its default tags only to classes of modules below `odoo.addons`, and its
constructor fails on those without.
"""

from odoo.tests.common import BaseCase

BaseCase.test_tags = {"standard", "at_install"}
BaseCase.test_module = "flows"
