"""What an operator may set, in one table; read once at start, with all faults told together."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    name: str
    kind: str  # text, flag, number, list, database, mail, secret
    default: str
    help: str


VARIABLES: tuple[Variable, ...] = (
    Variable("TRELLIS_DATA", "text", "var", "Folder for the database, files, built assets and the secret key."),
    Variable("SECRET_KEY", "secret", "", "Signs sessions and links. Empty: made once and kept in the data folder."),
    Variable("DATABASE_URL", "database", "", "Empty: SQLite in the data folder. `postgres://user:password@host/name`."),
    Variable("TRELLIS_URL", "text", "http://localhost:8000", "Address people use; links in mail and on certificates."),
    Variable("TRELLIS_HOSTS", "list", "localhost,127.0.0.1,[::1]", "Host names this server answers to."),
    Variable("TRELLIS_HTTPS", "flag", "0", "1 when people come by https: secure cookies and HSTS."),
    Variable("TRELLIS_LANGUAGE", "text", "en", "Language for people who chose none: `en` or `zh-hans`."),
    Variable("TRELLIS_TIME_ZONE", "text", "UTC", "Time zone of the company, as in `Asia/Ho_Chi_Minh`."),
    Variable("TRELLIS_COMPANY", "text", "Academy", "Name of the company on certificates and in mail."),
    Variable("EMAIL_URL", "mail", "consolemail://", "Outgoing mail: `smtp+tls://user:password@host:587`."),
    Variable("TRELLIS_MAIL_FROM", "text", "academy@localhost", "Sender of mail."),
    Variable("TRELLIS_PORT", "number", "8000", "Port the server listens on."),
    Variable("TRELLIS_ADDRESS", "text", "127.0.0.1", "Address the server listens on; `0.0.0.0` for all."),
    Variable("TRELLIS_WEB_WORKERS", "number", "1", "Web processes. With SQLite leave it at 1."),
    Variable("TRELLIS_WEB_THREADS", "number", "4", "Threads in each web process."),
    Variable(
        "TRELLIS_TASKS", "text", "inside", "`inside`: tasks run in the web process; `worker`: by `trellis worker`."
    ),
    Variable("TRELLIS_DEMO", "flag", "0", "1 for a demo: the sign-in page offers its people."),
    Variable("TRELLIS_DEBUG", "flag", "0", "1 only while developing: shows faults in the browser."),
)


def _parse(variable: Variable, raw: str) -> Any:
    env = environ.Env()
    match variable.kind:
        case "flag":
            if raw.lower() not in {"0", "1", "true", "false", "yes", "no", "on", "off", ""}:
                raise ValueError(f"{raw!r} is not 0 or 1")
            return raw.lower() in {"1", "true", "yes", "on"}
        case "number":
            if not raw.isdigit():
                raise ValueError(f"{raw!r} is not a whole number")
            return int(raw)
        case "list":
            return [part.strip() for part in raw.split(",") if part.strip()]
        case "database":
            return env.db_url_config(raw) if raw else None
        case "mail":
            return env.email_url_config(raw)
        case _:
            return raw


def _check(name: str, value: Any) -> str | None:
    """A sentence when the value is well-formed but cannot be used."""
    if name == "TRELLIS_LANGUAGE" and value not in {"en", "zh-hans"}:
        return f"{value!r} is not one of en, zh-hans"
    if name == "TRELLIS_TASKS" and value not in {"inside", "worker"}:
        return f"{value!r} is not one of inside, worker"
    if name == "TRELLIS_URL" and not str(value).startswith(("http://", "https://")):
        return f"{value!r} does not begin with http:// or https://"
    if name == "TRELLIS_TIME_ZONE":
        from zoneinfo import available_timezones

        if value not in available_timezones():
            return f"{value!r} is not a time zone; an example is Asia/Shanghai"
    if name in {"TRELLIS_WEB_WORKERS", "TRELLIS_WEB_THREADS"} and value < 1:
        return f"{value} is too few; at least 1"
    if name == "TRELLIS_PORT" and not 0 < value < 65536:
        return f"{value} is not a port; 1 to 65535"
    if name == "SECRET_KEY" and value and len(value) < 50:
        return f"has {len(value)} characters; at least 50 make it hard to guess"
    if name == "DATABASE_URL" and value and value["ENGINE"].rsplit(".", 1)[-1] not in {"sqlite3", "postgresql"}:
        return "only sqlite and postgres are supported"
    return None


def _fault_of_folder(folder: Path) -> str | None:
    """It need not be there yet; then it must be possible to make it."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        return f"{there} is a file, not a folder"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"nothing may be written into {there} by the user this runs as"
    return None


def read(environment: Mapping[str, str]) -> dict[str, Any]:
    """Every variable's value. All faults are raised at once, a line each: name, what is wrong, what it is for."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for variable in VARIABLES:
        try:
            values[variable.name] = value = _parse(variable, environment.get(variable.name, "") or variable.default)
            fault = _check(variable.name, value)
            if variable.name == "TRELLIS_DATA":
                fault = _fault_of_folder(Path(value).expanduser())
        except Exception as wrong:
            fault = str(wrong) or "cannot be read"
        if fault:
            faults.append(f"{variable.name}: {fault}. ({variable.help})")
    if not environment.get("TRELLIS_URL") and "TRELLIS_PORT" in values:
        values["TRELLIS_URL"] = f"http://localhost:{values['TRELLIS_PORT']}"
    if values.get("TRELLIS_HTTPS") and str(values.get("TRELLIS_URL")).startswith("http://"):
        faults.append("TRELLIS_URL: begins with http:// while TRELLIS_HTTPS is 1. (Links in mail would not be secure.)")
    if faults:
        raise ImproperlyConfigured("The environment has faults:\n  " + "\n  ".join(faults))
    return values


def kept_secret(data: Path) -> str:
    """The key of this installation, made on first use and readable by its owner only."""
    file = data / "secret-key"
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        data.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(50)
        file.touch(mode=0o600)
        file.write_text(key)
        return key


def table() -> str:
    """The operator's table of docs/operating.md, in Markdown."""
    rows = [f"| `{v.name}` | {f'`{v.default}`' if v.default else ''} | {v.help} |" for v in VARIABLES]
    return "\n".join(["| variable | default | what it is for |", "|---|---|---|", *rows])
