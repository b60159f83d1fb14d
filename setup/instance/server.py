"""The PostgreSQL server to use: the embedded one, or one that PGHOST names."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass

import psycopg2

from .errors import SetupError

# Bill runs subtract days that are billed by multiranges, which came with 14.
OLDEST_VERSION = 14
# Odoo reads all of these, and they win over its configuration file.
VARIABLES = ("PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD")


@dataclass(frozen=True)
class Server:
    """How to reach a PostgreSQL server."""

    host: str
    port: int
    user: str
    embedded: bool

    def digest(self) -> str:
        """A short name for the server, to keep its files apart from another's."""
        return hashlib.sha256(f"{self.host}:{self.port}".encode()).hexdigest()[:8]

    def environment(self) -> dict[str, str]:
        """This process's environment, pointing to this server and to no database."""
        kept = {key: val for key, val in os.environ.items() if key not in VARIABLES}
        kept |= {"PGHOST": self.host, "PGPORT": str(self.port), "PGUSER": self.user}
        if not self.embedded and "PGPASSWORD" in os.environ:
            kept["PGPASSWORD"] = os.environ["PGPASSWORD"]
        return kept

    def connect(self, database: str = "postgres"):
        """A psycopg2 connection; the password is libpq's (PGPASSWORD, ~/.pgpass)."""
        try:
            return psycopg2.connect(
                host=self.host, port=self.port, user=self.user, dbname=database
            )
        except psycopg2.OperationalError as error:
            raise SetupError(
                f"PostgreSQL at {self.host}:{self.port} refuses the database "
                f"{database}: {str(error).strip()}.",
                "Check PGHOST, PGPORT, PGUSER and PGPASSWORD, or unset PGHOST to use "
                "the embedded server.",
            ) from error


def external(environ: Mapping[str, str], own_socket: str) -> Server | None:
    """The server that PGHOST names, unless that is our own embedded one."""
    host = environ.get("PGHOST", "")
    if not host or host == own_socket:
        return None
    user = environ.get("PGUSER") or environ.get("USER") or "odoo"
    return Server(host, int(environ.get("PGPORT") or 5432), user, embedded=False)


def check_external(server: Server) -> None:
    """Refuse, with the remedy, a role or a version that Odoo could not work with."""
    if server.user == "postgres":
        raise SetupError(
            "Odoo refuses to work as the database user postgres.",
            "Make a role of its own: createuser --createdb odoo; then PGUSER=odoo.",
        )
    connection = server.connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles"
                " WHERE rolname = current_user"
            )
            allowed = cursor.fetchone()[0]
        version = connection.server_version // 10000
    finally:
        connection.close()
    if version < OLDEST_VERSION:
        raise SetupError(
            f"PostgreSQL at {server.host}:{server.port} is version {version}; "
            f"{OLDEST_VERSION} or newer is needed.",
            "Upgrade it, name another server by PGHOST, or unset PGHOST to use the "
            "embedded one.",
        )
    if not allowed:
        raise SetupError(
            f"The database user {server.user} may not create databases.",
            f"As a superuser: ALTER ROLE {server.user} CREATEDB;",
        )
