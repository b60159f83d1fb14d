# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Texts that are translated when somebody reads them."""


class Text:
    """A sentence in English, and what stands in the place of its ``%(name)s``.

    Import it as ``_``: the translators' tools look for that name. An addon with texts
    of its own has a subclass with its own ``_said``.

    :param str source: the sentence
    :param values: texts, numbers, or a Text each
    """

    def __init__(self, source, **values):
        self.source = source
        self.values = values

    def told(self, translate):
        """Return the sentence in another language.

        :param translate: function of a source and values, such as Odoo's ``env._``
        """
        values = {name: told(item, translate) for name, item in self.values.items()}
        return self._said(translate, values)

    def _said(self, translate, values):
        """Call ``translate``; Odoo looks in the addon whose file this line is in."""
        return translate(self.source, **values)

    def mapped(self, function):
        """Return the same with each text among the values passed through a function."""
        values = {
            name: function(item) if isinstance(item, str) else item
            for name, item in self.values.items()
        }
        return type(self)(self.source, **values)

    def __str__(self):
        return self.told(english)


def told(text, translate):
    """Return a Text translated, and anything else as it is."""
    return text.told(translate) if hasattr(text, "told") else text


def english(source, **values):
    """Return a text as it was written, with its values put in."""
    return source % values if values else source
