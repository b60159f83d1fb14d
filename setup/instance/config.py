"""The instance's odoo.conf, and free ports for it."""

import socket
from collections.abc import Mapping
from pathlib import Path

from .server import Server

HTTP_PORT = 8069
# Seconds; generous, because a demo month is rated and billed in one go.
LIMITS = {"limit_time_cpu": 3600, "limit_time_real": 7200}

Sections = Mapping[str, Mapping[str, object]]


def free_port(first: int = HTTP_PORT, tries: int = 200) -> int:
    """The first port from `first` on that nothing on this machine listens on."""
    for port in range(first, first + tries):
        if _is_free(port):
            return port
    return _any_port()


def instance_sections(
    addons: Path, data_dir: Path, server: Server, http_port: int
) -> Sections:
    """What odoo.conf says for the instance of this checkout."""
    return {
        "options": {
            "addons_path": addons,
            "data_dir": data_dir,
            "db_host": server.host,
            "db_port": server.port,
            "db_user": server.user,
            "db_maxconn": 64,
            "list_db": False,
            "http_interface": "127.0.0.1",
            "http_port": http_port,
            "proxy_mode": False,
            # queue_job's runner starts only when it is loaded server-wide.
            "server_wide_modules": "base,rpc,web,queue_job",
            "max_cron_threads": 1,
            **LIMITS,
        },
        "queue_job": {"channels": "root:2"},
    }


def render(sections: Sections) -> str:
    """The text of an Odoo configuration file."""
    blocks = []
    for name, values in sections.items():
        lines = [f"{key} = {value}" for key, value in values.items()]
        blocks.append("\n".join([f"[{name}]", *lines]))
    return "\n\n".join(blocks) + "\n"


def write(path: Path, sections: Sections) -> None:
    """Write a configuration file in one go, readable by its owner alone."""
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(render(sections), encoding="utf-8")
    part.replace(path)


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As a server would: a port that only waits for its last packets is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _any_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
