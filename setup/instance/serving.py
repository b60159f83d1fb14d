"""`make serve`: Odoo on the demo database, with the job runner, until Ctrl-C."""

import contextlib
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

from . import config, process, progress
from .demo import DATABASE, logins
from .errors import SetupError
from .instance import Instance

PATIENCE = 180  # seconds for the first page


def serve(instance: Instance) -> int:
    """Run Odoo in the foreground; its log goes to a file."""
    if not instance.database(DATABASE).exists():
        raise SetupError("There is no demo database yet.", "Run: make demo")
    port = config.free_port()
    log = instance.logs / "serve.log"
    options = ["-d", DATABASE, "--db-filter", f"^{DATABASE}$", "--http-port", port]
    with open(log, "w", encoding="utf-8") as written:
        odoo = subprocess.Popen(
            instance.odoo_command(options),
            env=instance.environment(),
            cwd=instance.root,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    instance.paths.serving.write_text(f"{odoo.pid}\n", encoding="utf-8")
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(odoo, url, log)
        _announce(url, log)
        return odoo.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(odoo)
        instance.paths.serving.unlink(missing_ok=True)


def _wait(odoo: subprocess.Popen, url: str, log) -> None:
    """Wait for the first page, or say why there is none."""
    with progress.step("Odoo: start"):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if odoo.poll() is not None:
                raise SetupError("Odoo ended at its start.", process.hint(log))
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/web/login", timeout=30).close()
                return
            time.sleep(0.5)
    raise SetupError(f"Odoo did not answer in {PATIENCE} s.", process.hint(log))


def _announce(url: str, log) -> None:
    progress.say(f"\nOdoo serves {DATABASE} at {url}", "bold")
    progress.table("Who can log in", ("login", "password", "who"), logins())
    progress.say(f"The log is {log}. Stop with Ctrl-C.")


def _end(odoo: subprocess.Popen) -> None:
    if odoo.poll() is not None:
        return
    odoo.send_signal(signal.SIGINT)
    try:
        odoo.wait(timeout=20)
    except subprocess.TimeoutExpired:
        odoo.kill()


def shell(instance: Instance) -> int:
    """`make shell`: Odoo's own shell on the demo database."""
    if not instance.database(DATABASE).exists():
        raise SetupError("There is no demo database yet.", "Run: make demo")
    command = instance.odoo_command(["shell", "-d", DATABASE, "--no-http"])
    environment = instance.environment() | {"TERM": os.environ.get("TERM", "dumb")}
    return subprocess.call(command, env=environment, cwd=instance.root)
