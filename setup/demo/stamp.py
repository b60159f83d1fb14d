# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The mark in the database that says which demo is loaded in it."""

_KEY = "somconnexio.demo_fingerprint"


def read_stamp(connection):
    """Return the fingerprint of the demo that a database holds whole, or ''."""
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT value FROM ir_config_parameter WHERE key = %s", [_KEY])
        return (cursor.fetchone() or [""])[0]


def write_stamp(connection, fingerprint):
    """Mark a database as holding a demo whole."""
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [_KEY, fingerprint],
        )
