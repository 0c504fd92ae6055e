"""Writes the synthetic region's inbox: `python -m sample_data --out DIR --seed N [--structures 300]`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sample_data.definitions import DEFAULT_STRUCTURES
from sample_data.deliveries import deliveries

DEFAULT_SEED = 2026
MOST_STRUCTURES = 600


def write_inbox(out: Path, seed: int, structures: int = DEFAULT_STRUCTURES) -> int:
    """Writes every delivery under `out`/inbox, dated as delivered; gives how many files were written."""
    count = 0
    for delivery in deliveries(seed, structures):
        path = out / "inbox" / delivery.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(delivery.content)
        moment = delivery.delivered.timestamp()
        os.utime(path, (moment, moment))
        count += 1
    return count


def main() -> None:
    """Reads the command line and writes the inbox."""
    parser = argparse.ArgumentParser(prog="python -m sample_data", description="Crée une région synthétique.")
    parser.add_argument("--out", type=Path, required=True, help="dossier où créer « inbox »")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="graine du tirage (même graine, mêmes fichiers)")
    parser.add_argument(
        "--structures",
        type=_count_of_structures,
        default=DEFAULT_STRUCTURES,
        help=f"nombre de structures, de {DEFAULT_STRUCTURES} à {MOST_STRUCTURES} (par défaut {DEFAULT_STRUCTURES})",
    )
    arguments = parser.parse_args()
    count = write_inbox(arguments.out, arguments.seed, arguments.structures)
    print(f"{count} fichiers synthétiques écrits dans {arguments.out / 'inbox'}")


def _count_of_structures(text: str) -> int:
    # Fewer would leave planted lines without a record to stand on.
    if not text.isdecimal() or not DEFAULT_STRUCTURES <= int(text) <= MOST_STRUCTURES:
        raise argparse.ArgumentTypeError(f"un nombre entre {DEFAULT_STRUCTURES} et {MOST_STRUCTURES} est attendu.")
    return int(text)


if __name__ == "__main__":
    main()
