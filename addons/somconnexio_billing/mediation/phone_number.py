# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Phone numbers as providers write them -> E.164 digits without plus."""

from .errors import FieldError

MAX_DIGITS = 15  # ITU-T E.164 (11/2010), clause 6.1
_SEPARATORS = str.maketrans("", "", " .-()/")


class NumberReader:
    """Normalise numbers by the conventions of one format.

    National numbers and short codes get the country code in front, so that the
    longest-prefix match sees one number space:

    >>> read = NumberReader(country_code="34", national_length=9)
    >>> read("612 34 56 78"), read("112"), read("+33 1 23 45 67 89")
    ('34612345678', '34112', '33123456789')
    >>> read("0033123456789"), read("34612345678")
    ('33123456789', '34612345678')

    An empty ``international_prefix`` says that every number comes complete.
    """

    def __init__(self, country_code, national_length, international_prefix="00"):
        self.country_code = country_code
        self.national_length = national_length
        self.international_prefix = international_prefix

    def __call__(self, text):
        """Return the normalised digits.

        :raise FieldError: ``bad_value`` when this is no phone number
        """
        compact = text.translate(_SEPARATORS)
        digits = compact[1:] if compact.startswith("+") else compact
        if not (digits.isascii() and digits.isdigit()):
            raise FieldError("bad_value", text, "0-9")
        number = digits if digits is not compact else self._with_country(digits)
        if not 2 <= len(number) <= MAX_DIGITS or number.startswith("0"):
            raise FieldError("bad_value", text, "E.164")
        return number

    def _with_country(self, digits):
        prefix = self.international_prefix
        if not prefix:
            return digits
        if digits.startswith(prefix):
            return digits[len(prefix) :]
        if len(digits) <= self.national_length:
            return self.country_code + digits
        complete_length = len(self.country_code) + self.national_length
        if digits.startswith(self.country_code) and len(digits) == complete_length:
            return digits
        raise FieldError("bad_value", digits, "E.164")
