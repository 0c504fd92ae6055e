"""What is read or drawn once for a release: its fingerprint is in every key, so nobody ever clears a cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from functools import lru_cache, partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import duckdb
import plotly.graph_objects as go
import polars as pl

from dashboard import reader
from dashboard.access import Reader, Scope, scope_of
from dashboard.charts.foreign_tags import without_foreign_tags
from dashboard.charts.still import Still
from dashboard.kept import Kept
from dashboard.queries import reference
from dashboard.run import once_a_run
from grids.errors import ReleaseError
from pipelines.release.flags import FLAGS
from pipelines.release.reading import CANDIDATE_POINTER, POINTER, Release, candidate, open_release, published

HOME_VARIABLE = "SPRO_HOME"
EDITION_VARIABLE = "SPRO_EDITION"

P = ParamSpec("P")
T = TypeVar("T")


def releases_folder() -> Path:
    """The folder of releases of this installation."""
    return Path(os.environ.get(HOME_VARIABLE, ".")) / "releases"


@once_a_run
def current_release() -> Release:
    """The published release, or the one that networks read again where whoever started the pages asked for it.

    Looked up at each run so that a new one is noticed. Raises ReleaseError.
    """
    reviewing = os.environ.get(EDITION_VARIABLE, "") == "candidate"
    return _told_by(CANDIDATE_POINTER, candidate) if reviewing else _told_by(POINTER, published)


def _told_by(pointer: str, read: Callable[[Path], Release]) -> Release:
    """The release of a pointer, which is read again only where it has changed, or what it names is gone."""
    releases = releases_folder()
    stamp = _stamp(releases / pointer)
    if stamp is None:
        return read(releases)
    release = _pointed(read, releases, stamp)
    return release if release.path.exists() else read(releases)


def load(
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, Scope, P], pl.DataFrame], *args: P.args, **kwargs: P.kwargs
) -> pl.DataFrame:
    """The frame that a query gives for the published release, within what the current reader may see."""
    return load_from(current_release(), current_reader(), query, *args, **kwargs)


def load_from(
    release: Release,
    who: Reader,
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, Scope, P], pl.DataFrame],
    *args: P.args,
    **kwargs: P.kwargs,
) -> pl.DataFrame:
    """The frame that a query gives for a release, within what `who` may see. Raises ReleaseError."""
    return _loaded_from(release, scope_of(who), query, args, kwargs)


@once_a_run
def current_reader() -> Reader:
    """Who looks: the URL may say it where all data are synthetic."""
    return reader.current(synthetic=synthetic())


@once_a_run
def synthetic() -> bool:
    """Whether all that may be read here is synthetic: the current release, the one under review, and what has arrived.

    All three, since the page of deliveries tells of the last two. A release that is not there holds nothing synthetic.
    """
    try:
        releases = [current_release(), *_under_review()]
        return _only_samples_arrived() and all(map(_holds_no_real_data, releases))
    except ReleaseError:
        return False


def _only_samples_arrived() -> bool:
    """Whether the inbox says that its files are invented, as that of the sample region does; or is not there."""
    inbox = releases_folder().parent / "inbox"
    return not inbox.is_dir() or (inbox / "SYNTHETIQUE.txt").exists()


def _holds_no_real_data(release: Release) -> bool:
    def told() -> bool:
        manifest = _loaded_from(release, Scope(()), reference.edition, (), {})
        return ("synthetique", "oui") in manifest.select("cle", "valeur").rows()

    return bool(_READ.get(("synthetic", release.fingerprint), told))


def _under_review() -> list[Release]:
    """The release that networks read again; none where there is none. Raises ReleaseError if it is told and unreadable."""
    told = _stamp(releases_folder() / CANDIDATE_POINTER) is not None
    return [_told_by(CANDIDATE_POINTER, candidate)] if told else []


def once(read: Callable[P, T]) -> Callable[P, T]:
    """`read`, done once for an edition, what is flagged in it, and a reader; its arguments are hashable.

    What it gives is shared between sessions: never changed.
    """

    @wraps(read)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        key = (read, _edition_key(), current_reader(), args, tuple(kwargs.items()))
        return cast(T, _READ.get(key, partial(read, *args, **kwargs)))

    return kept


def viewed(view: Callable[[Any], T], told: Any) -> T:
    """What `view` makes of something that `once` gave, made once for it. It is shared between sessions: never changed."""
    made_of, made = _VIEWS.get((view, id(told)), lambda: (told, view(told)))
    return cast(T, made) if made_of is told else view(told)


def parsed(read: Callable[[str], T], text: str) -> T:
    """What `read` makes of a text of the published release, read once. It is shared between sessions: never changed."""
    return cast(T, _READ.get((read, text), partial(read, text)))


def drawn(draw: Callable[[Any], go.Figure], model: Any) -> go.Figure:
    """The figure of a view model. It is shared between sessions: nobody changes it after it is drawn."""
    return _FIGURES.get((draw, type(model), _identity(model)), lambda: Still(without_foreign_tags(draw(model))))


def _identity(model: Any) -> Hashable:
    """What tells a model from others: itself where it can be, else all that it holds, in words."""
    try:
        hash(model)
    except TypeError:
        return repr(model)
    return cast(Hashable, model)


def _loaded_from(release: Release, scope: Scope, query: Callable, args: tuple, kwargs: dict) -> pl.DataFrame:
    key = (query, release.fingerprint, scope, args, tuple(kwargs.items()))
    return _FRAMES.get(key, partial(_queried, release, scope, query, args, kwargs))


def _queried(release: Release, scope: Scope, query: Callable, args: tuple, kwargs: dict) -> pl.DataFrame:
    try:
        with _CONNECTIONS.get(release.fingerprint, partial(_opened, release)).cursor() as cursor:
            found: pl.DataFrame = query(cursor, scope, *args, **kwargs)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ReleaseError(
            f"L'édition {release.id} vient d'une version plus ancienne de l'outil.", remedy="Relancez « spro build »."
        ) from error
    return found


def _opened(release: Release) -> duckdb.DuckDBPyConnection:
    try:
        return open_release(release)
    except duckdb.Error as error:
        raise ReleaseError(
            f"Le fichier de l'édition {release.id} est illisible.", remedy="Relancez « spro build »."
        ) from error


@once_a_run
def _edition_key() -> Hashable:
    """Changes with the edition, and with what is flagged in it."""
    return current_release().fingerprint, _stamp(releases_folder() / FLAGS)


def _stamp(path: Path) -> Hashable:
    """Changes when the file does; None where there is none."""
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size


@lru_cache(maxsize=8)
def _pointed(read: Callable[[Path], Release], releases: Path, _stamp_of_pointer: Hashable) -> Release:
    return read(releases)


_FRAMES: Kept[pl.DataFrame] = Kept(most=512)
_READ: Kept[Any] = Kept(most=512)
_VIEWS: Kept[tuple[Any, Any]] = Kept(most=512)
_FIGURES: Kept[go.Figure] = Kept(most=256)
_CONNECTIONS: Kept[duckdb.DuckDBPyConnection] = Kept(most=2)
