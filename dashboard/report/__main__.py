"""`python -m dashboard.report committee|structure`: write a document of the published edition, without any page."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from streamlit.logger import set_log_level

_NOTHING = 2


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dashboard.report", description="Écrit un document de l'édition publiée.")
    parser.add_argument("--home", type=Path, required=True, help="dossier de données")
    parser.add_argument("--out", type=Path, required=True, help="le fichier à écrire (.pdf)")
    parser.add_argument("--periode", default="", help="une période, par exemple 2025 ou 2025-T4")
    kinds = parser.add_subparsers(dest="kind", required=True)
    committee = kinds.add_parser("committee", help="la note du comité")
    committee.add_argument("--territoire", default="", help="un territoire ou un réseau, par exemple cio")
    structure = kinds.add_parser("structure", help="la fiche d'une structure")
    structure.add_argument("identifier", help="l'identifiant de la structure")
    return parser.parse_args()


def main() -> int:
    """Write the document, whole or not at all; 2 where nothing could be, said in a sentence on standard error."""
    arguments = _arguments()
    # It would say at each start that no page is served.
    set_log_level("ERROR")
    os.environ["SPRO_HOME"] = str(arguments.home.resolve())
    # No page and no URL: whoever starts this is who reads.
    os.environ.setdefault("SPRO_ROLE", "comite")

    from grids.errors import SproError
    from pipelines.home import aside, put_in_place

    try:
        made = _made(arguments)
        built = aside(arguments.out)
        built.write_bytes(made)
        put_in_place(built, arguments.out)
    except SproError as error:
        print(error, file=sys.stderr)
        return _NOTHING
    except OSError as error:
        print(f"{arguments.out} : le fichier n'a pas pu être écrit ({error.strerror}).", file=sys.stderr)
        return _NOTHING
    return 0


def _made(arguments: argparse.Namespace) -> bytes:
    from dashboard import reading, selection
    from dashboard.report import committee, structure

    periods = reading.periods()
    asked: Mapping[str, str] = {selection.PERIOD: arguments.periode}
    if arguments.kind == "committee":
        asked = {**asked, selection.TERRITORY: arguments.territoire}
        return committee.note(_chosen(asked, reading.units(), periods))
    chosen = _chosen(asked, reading.units(), periods).period if arguments.periode else None
    return structure.sheet(structure.named(arguments.identifier), chosen)


def _chosen(asked: Mapping[str, str], units: list, periods: list):  # type: ignore[no-untyped-def]  # after the imports
    from dashboard import selection
    from grids.errors import SproError

    chosen = selection.read(asked, units, periods)
    if chosen.refusals:
        refusal = chosen.refusals[0]
        known = [each.id for each in units] if refusal.startswith("Le territoire") else [each.code for each in periods]
        raise SproError(refusal.partition(" : voici")[0] + ".", remedy=f"Elle a : {', '.join(known)}.")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
