# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader, translation_file_reader


class TranslationMixin:
    """Hold an addon to whole translations; mix in beside a ``TransactionCase``."""

    #: Name of the addon.
    module = None

    def test_catalan_and_spanish_hold_every_term_of_the_addon(self):
        terms = {
            source
            for _module, _kind, _name, _id, source, *_rest in TranslationModuleReader(
                self.env.cr, modules=[self.module]
            )
        }
        self.assertTrue(terms)
        for lang in ("ca", "es"):
            with self.subTest(lang):
                self.assertEqual(sorted(terms - self._translated(lang)), [])

    def _translated(self, lang):
        """Return the terms that a language's file translates."""
        with open(file_path(f"{self.module}/i18n/{lang}.po"), "rb") as po_file:
            rows = translation_file_reader(po_file, fileformat="po")
            return {row["src"] for row in rows if row["value"]}
