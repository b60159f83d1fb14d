# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What may be told and kept about a person: enough to recognise, not to find out.

>>> mask_name("Maria Garcia Puig"), mask_name("Al"), mask_name("")
('Mar*** G.', 'A***', '')
>>> mask_identifier("40001111V"), mask_identifier("B12")
('******11V', '**2')
"""

import re

_SECRETS = re.compile(
    r"(?i)\b(token|password|passwd|secret|authorization|signature|sign|api_?key)"
    r"(\"?\s*[=:]\s*\"?)([^&\s\",}]+)"
)
_HIDDEN = "***"


def mask_name(name):
    """Return the first letters of the given name and the next name's initial."""
    words = name.split()
    if not words:
        return ""
    shown = words[0][:3] if len(words[0]) > 3 else words[0][:1]
    initial = f" {words[1][0]}." if len(words) > 1 else ""
    return f"{shown}{_HIDDEN}{initial}"


def mask_identifier(text):
    """Return an identifier of which at most the last four signs can be read."""
    shown = min(4, len(text) // 3)
    return "*" * (len(text) - shown) + text[len(text) - shown :]


def mask_field(text, name):
    """Return the text of a call that cannot be read, what follows a name hidden.

    >>> mask_field('{"iin":"40001111V", "sum":', "iin")
    '{"iin":"***", "sum":'
    >>> mask_field("a=1&account=40001111V", "account")
    'a=1&account=***'
    """
    pattern = rf"(?i)({re.escape(name)}\"?\s*[=:>]\s*\"?)([^&\s\",}}<]+)"
    return re.sub(pattern, rf"\1{_HIDDEN}", text)


def mask_secrets(text, identifier=""):
    """Return the text of a call without secrets and with a masked identifier."""
    if identifier:
        text = text.replace(identifier, mask_identifier(identifier))
    return _SECRETS.sub(rf"\1\2{_HIDDEN}", text)
