"""PostgreSQL: which server, how it is tuned, where its socket is."""

import os
from pathlib import Path
from unittest.mock import MagicMock

import pytest
from instance import server_user, tuning
from instance.errors import SetupError
from instance.paths import Paths
from instance.postgres import EmbeddedPostgres
from instance.server import Server, check_external, external
from instance.socket_folder import LONGEST, make, socket_file, socket_folder

GIB = tuning.GIB


def test_without_pghost_the_embedded_server_is_used():
    assert external({}, "/own") is None


def test_our_own_socket_in_pghost_is_not_a_foreign_server():
    assert external({"PGHOST": "/own"}, "/own") is None


def test_pghost_names_the_server_to_use():
    given = external({"PGHOST": "db", "PGPORT": "5433", "PGUSER": "erp"}, "/own")
    assert given == Server("db", 5433, "erp", embedded=False)


def test_the_user_postgres_is_refused_with_the_remedy():
    with pytest.raises(SetupError, match="createuser --createdb odoo"):
        check_external(Server("db", 5432, "postgres", embedded=False))


@pytest.mark.parametrize(("version", "refused"), [(130018, True), (140000, False)])
def test_a_server_older_than_14_is_refused(monkeypatch, version, refused):
    cursor = MagicMock()
    cursor.__enter__.return_value.fetchone.return_value = (True,)
    connection = MagicMock(server_version=version)
    connection.cursor.return_value = cursor
    monkeypatch.setattr(Server, "connect", lambda self: connection)
    given = Server("db", 5432, "erp", embedded=False)
    if refused:
        with pytest.raises(SetupError, match="version 13; 14 or newer"):
            check_external(given)
    else:
        check_external(given)
    assert connection.close.called


def test_programs_are_pointed_to_the_server_and_to_no_database(monkeypatch):
    monkeypatch.setenv("PGDATABASE", "other")
    monkeypatch.setenv("PGPASSWORD", "secret")
    environment = Server("/s", 5432, "odoo", embedded=True).environment()
    assert environment["PGHOST"] == "/s"
    assert not {"PGDATABASE", "PGPASSWORD"} & set(environment)
    environment = Server("db", 5432, "odoo", embedded=False).environment()
    assert environment["PGPASSWORD"] == "secret"


@pytest.mark.parametrize("memory", [GIB // 2, 4 * GIB, 24 * GIB, 512 * GIB])
def test_memory_is_shared_with_odoo_whatever_the_machine(memory):
    chosen = tuning.settings(memory, cores=2)
    shared = int(chosen["shared_buffers"].strip("'MB")) * 1024
    work = int(chosen["work_mem"].strip("'MB")) * 1024
    assert 0 < shared <= memory // 6
    assert 8 * 1024 <= work <= 256 * 1024


def test_parallel_workers_follow_the_cores():
    assert tuning.settings(8 * GIB, cores=16)["max_parallel_workers"] == "16"
    assert tuning.settings(8 * GIB, cores=1)["max_parallel_workers_per_gather"] == "1"


def test_memory_is_read_from_the_kernel_or_guessed(tmp_path):
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal:       16384000 kB\nMemFree: 1 kB\n")
    assert tuning.machine_memory_kib(meminfo) == 16384000
    assert tuning.machine_memory_kib(tmp_path / "none") == 2 * GIB


def test_the_socket_is_in_the_checkout_when_its_path_is_short():
    home = Path("/srv/suite/.instance/postgres")
    assert socket_folder(home) == home / "socket"


def test_a_deep_checkout_gets_a_short_socket_folder_of_its_own():
    deep = [Path("/srv") / ("d" * 120) / name for name in ("one", "two")]
    one, two = map(socket_folder, deep)
    assert one != two
    assert len(bytes(socket_file(one))) <= LONGEST


def test_the_socket_folder_is_closed_to_others(tmp_path):
    folder = tmp_path / "socket"
    make(folder, os.getuid(), os.getgid(), os.chown)
    make(folder, os.getuid(), os.getgid(), os.chown)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_socket_folder_of_someone_else_is_refused(tmp_path):
    with pytest.raises(SetupError, match="belongs to another user"):
        make(tmp_path, os.getuid() + 1, os.getgid(), os.chown)


def test_a_closed_folder_above_is_noticed(tmp_path):
    closed = tmp_path / "closed"
    inner = closed / "inner"
    inner.mkdir(parents=True)
    closed.chmod(0o700)
    assert not server_user._open_to_all(inner)


@pytest.mark.parametrize("pid", ["not a number", "", "4194304\n/elsewhere\n"])
def test_the_pid_file_of_a_dead_server_is_removed(tmp_path, pid):
    postgres = EmbeddedPostgres(Paths(tmp_path))
    postgres.data.mkdir(parents=True)
    pid_file = postgres.data / "postmaster.pid"
    pid_file.write_text(pid)
    postgres._remove_stale_pid()
    assert not pid_file.exists()


def test_a_pid_that_another_program_took_over_is_stale(tmp_path):
    postgres = EmbeddedPostgres(Paths(tmp_path))
    postgres.data.mkdir(parents=True)
    pid_file = postgres.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{postgres.data}\n")
    postgres._remove_stale_pid()
    assert not pid_file.exists()
