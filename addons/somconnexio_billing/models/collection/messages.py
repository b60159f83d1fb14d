# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What people are told about errors of the pure package, in their language."""


def collection_error_text(env, error):
    """Return what is wrong and what to do, for a ``CollectionError``."""

    texts = {
        "no_root": env._(
            "No folder may be watched yet: the administrator sets folder_root in the"
            " section [telecom_usage] of odoo.conf."
        ),
        "folder_outside": env._(
            "The folder %(folder)s is outside of the one that may be watched."
        ),
        "folder_missing": env._(
            "There is no folder %(folder)s, or the server may not open it."
        ),
        "directory_missing": env._(
            "The server has no directory %(folder)s, or does not show it to us."
        ),
        "host_key_differs": env._(
            "%(host)s shows another host key than the one that is set: it may not be"
            " the provider's server. Ask the provider before you change the key."
        ),
        "bad_host_key": env._(
            "The host key is none. Copy the line of ssh-keyscan, such as ssh-ed25519"
            " AAAA…, after comparing it with the provider's."
        ),
        "bad_private_key": env._(
            "The private key is none: paste the whole PEM text, without passphrase."
        ),
        "login_refused": env._(
            "%(host)s refuses the login of %(user)s. Check password or key."
        ),
        "no_connection": env._("No connection to %(host)s: %(problem)s"),
        "unreadable": env._("The file could not be fetched whole: %(problem)s"),
        "changed": env._("The file changed while it was fetched; it is tried again."),
        "unknown_code": env._(
            "The name pattern may not hold %(value)s: use %%Y %%m %%d %%H %%M %%S,"
            " {sequence}, * and ?."
        ),
        "code_twice": env._("The name pattern holds %(value)s twice."),
        "date_incomplete": env._(
            "A date in the name pattern needs %%Y and %%m, and %%d if it tells the day."
        ),
    }
    return texts[error.code] % error.values
