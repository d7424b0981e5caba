"""The ``autograder`` command: registers the subcommands and turns errors into exit codes."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn

import typer

from autograder.errors import GraderFault, UsageError

COMMANDS = ("check", "grade", "report", "export", "release", "verify", "gradescope", "doctor")

INTERRUPTED = 130
STOPPED = "stopped; what was finished is kept, run the same command again to go on"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Exercises on convolutional networks in plain PyTorch: check, grade, release, verify.",
)


def main() -> NoReturn:
    """Run one subcommand; the only place where an error becomes a line and an exit code."""
    for name in _wanted(sys.argv[1:]):
        module = import_module(f"autograder.commands.{name}")
        app.command(name)(getattr(module, name))
    try:
        app()
    except UsageError as error:
        _fail(error, 2)
    except GraderFault as error:
        _fail(error, 1)
    except KeyboardInterrupt:
        _fail(STOPPED, INTERRUPTED)
    except SystemExit as end:
        if end.code == INTERRUPTED:  # typer's own answer to Ctrl-C, which says nothing
            _fail(STOPPED, INTERRUPTED)
        raise
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    sys.exit(0)


def _wanted(arguments: list[str]) -> tuple[str, ...]:
    """Only the subcommand that is called is imported: ``check`` must start fast."""
    called = next((word for word in arguments if not word.startswith("-")), None)
    return (called,) if called in COMMANDS and len(COMMANDS) > 1 else COMMANDS


def _fail(error: object, code: int) -> NoReturn:
    print(f"autograder: {error}", file=sys.stderr)
    sys.exit(code)


@app.callback()
def _callback() -> None:
    """Makes a lone subcommand keep its name."""


if __name__ == "__main__":
    main()
