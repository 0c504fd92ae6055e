"""Writes the synthetic region's inbox: `python -m sample_data --out DIR --seed N`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from sample_data.deliveries import deliveries

DEFAULT_SEED = 2026


def write_inbox(out: Path, seed: int) -> int:
    """Writes every delivery under `out`/inbox, dated as delivered; gives how many files were written."""
    count = 0
    for delivery in deliveries(seed):
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
    arguments = parser.parse_args()
    count = write_inbox(arguments.out, arguments.seed)
    print(f"{count} fichiers synthétiques écrits dans {arguments.out / 'inbox'}")


if __name__ == "__main__":
    main()
