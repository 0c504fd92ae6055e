"""What a person decides of an edition: to publish a candidate before its time, or to go back to an earlier edition."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import duckdb

from grids.errors import ReleaseError
from pipelines.home import aside, write_json
from pipelines.release.catalogue import named, told
from pipelines.release.journal import Act, keep_up, note
from pipelines.release.publish import CANDIDATE, CANDIDATE_ENDING, FINAL, Gate, file_release, withdraw_candidate
from pipelines.release.reading import POINTER, Release, published


def published_id_of(candidate: str) -> str:
    """The id under which a candidate is published."""
    return candidate.removesuffix(CANDIDATE_ENDING)


def publishable(releases: Path, prefix: str) -> str:
    """The id of the candidate that `prefix` names. Raises ReleaseError if it is none, or older than what is published."""
    edition = named(releases, prefix)
    if edition.state != "candidate":
        raise ReleaseError(
            f"L'édition {edition.id} n'est pas candidate : elle est {edition.state}.",
            place=str(releases),
            remedy="« spro release list » montre la candidate, s'il y en a une.",
        )
    try:
        present = published(releases).id
    except ReleaseError:
        present = ""
    if told(releases, edition.id)["precedente"] != present:
        raise ReleaseError(
            "Cette candidate a été faite avant l'édition publiée.",
            place=edition.id,
            remedy="Relancez « spro build » : il la refait à partir de ce qui est publié.",
        )
    return edition.id


def publish_candidate(releases: Path, candidate: str, gate: Gate, on: date) -> Release:
    """Publish the candidate of that id as it is, once it has passed `gate`: its periods are final from then on.

    Raises ReleaseError, with nothing published, if it does not pass.
    """
    edition = published_id_of(candidate)
    path = releases / f"{edition}.duckdb"
    built = aside(path)
    shutil.copyfile(releases / f"{candidate}.duckdb", built)
    with duckdb.connect(str(built)) as connection:
        connection.execute("UPDATE reference.edition SET valeur = ? WHERE cle = 'release_id'", [edition])
        connection.execute("UPDATE reference.edition SET valeur = ? WHERE cle = 'etat_edition'", [FINAL])
        connection.execute(
            "UPDATE reference.periodes SET etat = ?, edition = ? WHERE etat = ?", [FINAL, edition, CANDIDATE]
        )
    entries = told(releases, candidate) | {"release_id": edition, "etat_edition": FINAL}
    write_json(releases / POINTER, file_release(built, path, entries, gate))
    keep_up(releases, on)
    withdraw_candidate(releases)
    return published(releases)


def roll_back(releases: Path, prefix: str, reason: str, on: date) -> Release:
    """Make an edition that was published the published one again; the others stay on disk, and the journal says why.

    Raises ReleaseError if `prefix` names none, the reason is missing or its file is gone.
    """
    edition = named(releases, prefix)
    _refuse_rollback(releases, edition.id, edition.state, reason)
    manifest = told(releases, edition.id)
    note(releases, Act(on, "retour", edition.id, published(releases).id, reason.strip()))
    pointer = {key: manifest[key] for key in ("release_id", "empreinte", "donnees_du")}
    write_json(releases / POINTER, pointer | {"fichier": f"{edition.id}.duckdb"})
    return published(releases)


def _refuse_rollback(releases: Path, edition: str, state: str, reason: str) -> None:
    if state != "remplacée":
        raise ReleaseError(
            f"L'édition {edition} est {state} : on ne revient qu'à une édition qui a été publiée.",
            place=str(releases),
            remedy="« spro release list » montre celles qui ont été remplacées.",
        )
    if not reason.strip():
        raise ReleaseError("Un retour en arrière demande une raison.", remedy="Donnez-la avec --reason.")
    if not (releases / f"{edition}.duckdb").is_file():
        raise ReleaseError(f"Le fichier de l'édition {edition} a disparu.", place=str(releases))
