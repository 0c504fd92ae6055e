"""The command line's own words in French: typer writes its help and its refusals in English."""

from __future__ import annotations

import re
from typing import Any

import typer
from typer import core, rich_utils

rich_utils.ARGUMENTS_PANEL_TITLE = "À donner"
rich_utils.OPTIONS_PANEL_TITLE = "Réglages"
rich_utils.COMMANDS_PANEL_TITLE = "Commandes"
rich_utils.ERRORS_PANEL_TITLE = "Erreur"
rich_utils.DEFAULT_STRING = "[par défaut : {}]"
rich_utils.ENVVAR_STRING = "[variable : {}]"
rich_utils.REQUIRED_LONG_STRING = "[à donner]"
rich_utils.RICH_HELP = "[blue]'{command_path} {help_option}'[/] dit comment faire."

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for a command that cannot be understood; it is not among its public names."""

_HELP = "Montrer cette aide."


class _InFrench:
    """Of a command: how its usage and its help option are said."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return (
            usage.replace("Usage: ", "Usage : ", 1)
            .replace("[OPTIONS]", "[RÉGLAGES]")
            .replace("COMMAND [ARGS]", "COMMANDE")
        )

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.metavar = _HELP, " "
        return option


class FrenchCommand(_InFrench, core.TyperCommand):
    """A command whose help is in French."""


class FrenchGroup(_InFrench, core.TyperGroup):
    """A group of commands whose help is in French."""


class Commands(typer.Typer):
    """A typer application, or a group of it, whose help is in French."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(cls=FrenchGroup, no_args_is_help=True, add_completion=False, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Any:
        """As typer's, for a FrenchCommand."""
        return super().command(name, cls=FrenchCommand, **settings)


def usage_sentence(error: Exception) -> str:
    """What a command that cannot be understood lacks, or has too much, in a sentence."""
    kind, hint = type(error).__name__, _hint(error)
    if kind == "MissingParameter":
        return f"Il manque {hint}."
    if kind == "NoSuchOption":
        return f"Le réglage {getattr(error, 'option_name', '')} n'existe pas ; --help les montre tous."
    absent = re.search("'(.*)' does not exist", str(error))
    if absent:
        return f"« {absent[1]} » n'existe pas : vérifiez le nom et le dossier."
    if kind == "BadParameter":
        return f"La valeur donnée pour {hint} ne convient pas ; --help dit ce qui est attendu."
    named = re.findall("'(.*?)'", str(error))
    if named:
        meant = f"peut-être « {named[1]} » ; " if len(named) > 1 else ""
        return f"« {named[0]} » n'est pas une commande ; {meant}« spro --help » les montre toutes."
    return "Il manque une commande, ou ce qu'elle attend ; --help dit lesquelles."


def _hint(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "une valeur"
    said = " / ".join(parameter.opts)
    return said if said.startswith("-") else parameter.metavar or said
