"""`spro`: the product's one command.

Exit codes: 0 done, 1 something was refused though the rest went through, 2 nothing could be done.
"""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

from grids.errors import SproError
from pipelines.command_line import (
    drafting,
    everyday,
    grid,
    handing_out,
    listings,
    releases,
    reporting,
    verbatims,
    yearly,
)
from pipelines.command_line.door import door
from pipelines.command_line.french import Commands, UsageError, usage_sentence
from pipelines.command_line.options import NOTHING

app = Commands(
    name="spro",
    help="Qualité de l'accueil personnalisé : des fichiers des réseaux au tableau de bord. Pour essayer : « spro demo ».",
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
for command in (
    everyday.demo,
    everyday.build,
    everyday.check,
    everyday.serve,
    door,
    everyday.sample,
    handing_out.template,
    handing_out.schema,
    yearly.purge,
):
    app.command()(command)
for name, group in {
    "delivery": listings.deliveries,
    "release": releases.releases,
    "grid": grid.commands,
    "report": reporting.reports,
    "mapping": drafting.commands,
    "verbatims": verbatims.commands,
    "year": yearly.years,
}.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command line; a user's mistake is told in a sentence, never in a traceback."""
    try:
        code = app(standalone_mode=False)
        _leave(code if isinstance(code, int) else 0)
    except SproError as error:
        _say(str(error))
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            # A group called alone has already shown its help.
            _leave(NOTHING)
        _say(usage_sentence(error))
    except (typer.Abort, KeyboardInterrupt):
        _say("Abandonné : rien de plus n'est fait.")


def _say(sentence: str) -> None:
    Console(stderr=True, highlight=False).print(sentence, style="bold", markup=False, soft_wrap=True)
    _leave(NOTHING)


def _leave(code: int) -> None:
    # Everything is written and synced by now. great_expectations keeps objects alive past the end of the interpreter,
    # at which DuckDB's binding prints a page of alarm; leaving directly spares the reader that.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
