"""PostgreSQL's settings for bulk work, by the size of the machine.

For the embedded server only, which holds nothing that `make` cannot rebuild: that
is why it may lose its last moments in a power cut (`synchronous_commit = off`).
A production server must not take that setting; see docs/operations.md.
"""

import os
from pathlib import Path

GIB = 1024 * 1024  # in KiB, the unit of /proc/meminfo


def machine_memory_kib(meminfo: Path = Path("/proc/meminfo")) -> int:
    """The machine's memory; 2 GiB, a safe guess, where it cannot be read."""
    try:
        first = meminfo.read_text().splitlines()[0]
        return int(first.split()[1])
    except (OSError, IndexError, ValueError):
        return 2 * GIB


def settings(memory_kib: int, cores: int) -> dict[str, str]:
    """The settings for a machine that this server shares with Odoo."""
    shared = min(memory_kib // 6, 8 * GIB)
    return {
        "listen_addresses": "''",
        "max_connections": "200",
        "shared_buffers": _megabytes(shared),
        "effective_cache_size": _megabytes(memory_kib // 2),
        "work_mem": _megabytes(min(max(memory_kib // 256, 8 * 1024), 256 * 1024)),
        "maintenance_work_mem": _megabytes(min(memory_kib // 24, 2 * GIB)),
        # Fewer, larger checkpoints: a load of a million rows runs through in one.
        "max_wal_size": "'8GB'",
        "min_wal_size": "'1GB'",
        "checkpoint_timeout": "'30min'",
        # Room for what a bulk insert writes, so that it needn't write the log itself;
        # temporary tables of the rating stay in memory as far as they fit.
        "wal_buffers": "'128MB'",
        "temp_buffers": _megabytes(min(memory_kib // 128, 256 * 1024)),
        "wal_compression": "on",
        "synchronous_commit": "off",
        # Compiling plans costs more than it gains on Odoo's many small queries.
        "jit": "off",
        "random_page_cost": "1.1",
        "effective_io_concurrency": "64",
        "max_worker_processes": str(max(8, cores * 2)),
        "max_parallel_workers": str(cores),
        "max_parallel_workers_per_gather": str(min(cores, 4)),
        "max_parallel_maintenance_workers": str(min(cores, 4)),
    }


def machine_settings() -> dict[str, str]:
    """The settings for this machine."""
    return settings(machine_memory_kib(), os.cpu_count() or 1)


def _megabytes(kib: int) -> str:
    return f"'{max(kib // 1024, 1)}MB'"
