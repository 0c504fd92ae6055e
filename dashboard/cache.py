"""What is read or drawn once for a release: its fingerprint is in every key, so nobody ever clears a cache."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import duckdb
import plotly.graph_objects as go
import polars as pl
import streamlit as st

from dashboard import reader
from dashboard.access import Reader, Scope, scope_of
from dashboard.queries import reference
from grids.errors import ReleaseError
from pipelines.release.reading import Release, candidate, open_release, published

HOME_VARIABLE = "SPRO_HOME"
EDITION_VARIABLE = "SPRO_EDITION"

P = ParamSpec("P")
T = TypeVar("T")


def releases_folder() -> Path:
    """The folder of releases of this installation."""
    return Path(os.environ.get(HOME_VARIABLE, ".")) / "releases"


def current_release() -> Release:
    """The published release, or the one that networks read again where whoever started the pages asked for it.

    Looked up at each run so that a new one is noticed. Raises ReleaseError.
    """
    reviewing = os.environ.get(EDITION_VARIABLE, "") == "candidate"
    return candidate(releases_folder()) if reviewing else published(releases_folder())


def load(
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, Scope, P], pl.DataFrame], *args: P.args, **kwargs: P.kwargs
) -> pl.DataFrame:
    """The frame that a query gives for the published release, within what the current reader may see."""
    return _loaded(scope_of(current_reader()), query, args, kwargs)


def current_reader() -> Reader:
    """Who looks: the URL may say it where all data are synthetic."""
    return reader.current(synthetic=synthetic())


def synthetic() -> bool:
    """Whether the current release holds synthetic data only; a release that is not there holds none."""
    try:
        manifest = _loaded(Scope(()), reference.edition, (), {})
    except ReleaseError:
        return False
    return ("synthetique", "oui") in manifest.select("cle", "valeur").rows()


def parsed(read: Callable[[str], T], text: str) -> T:
    """What `read` makes of a text of the published release, read once. It is shared between sessions: never changed."""
    name = f"{read.__module__}.{read.__qualname__}"
    return _parsed(name, text, read)


def drawn(draw: Callable[[Any], go.Figure], model: Any) -> go.Figure:
    """The figure of a view model. It is shared between sessions: nobody changes it after it is drawn."""
    release = current_release()
    return _figure(release.fingerprint, f"{draw.__module__}.{draw.__qualname__}", repr(model), draw, model)


def _loaded(scope: Scope, query: Callable, args: tuple, kwargs: dict) -> pl.DataFrame:
    release = current_release()
    name = f"{query.__module__}.{query.__qualname__}"
    return _frame(release.fingerprint, name, astuple(scope), args, kwargs, query, release)


# Streamlit makes the key of a cached call from its arguments, except those that begin with an underscore.


@st.cache_data(max_entries=512, show_spinner=False)
def _frame(
    fingerprint: str, name: str, scope: tuple, args: tuple, kwargs: dict, _query: Callable, _release: Release
) -> pl.DataFrame:
    try:
        with _connection(fingerprint, _release).cursor() as cursor:
            return _query(cursor, Scope(*scope), *args, **kwargs)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise ReleaseError(
            f"L'édition {_release.id} vient d'une version plus ancienne de l'outil.", remedy="Relancez « spro build »."
        ) from error


@st.cache_resource(max_entries=16, show_spinner=False)
def _parsed(name: str, text: str, _read: Callable[[str], T]) -> T:
    return _read(text)


@st.cache_resource(max_entries=256, show_spinner=False)
def _figure(fingerprint: str, name: str, key: str, _draw: Callable[[Any], go.Figure], _model: Any) -> go.Figure:
    return _draw(_model)


@st.cache_resource(max_entries=2, show_spinner=False)
def _connection(fingerprint: str, _release: Release) -> duckdb.DuckDBPyConnection:
    try:
        return open_release(_release)
    except duckdb.Error as error:
        raise ReleaseError(
            f"Le fichier de l'édition {_release.id} est illisible.", remedy="Relancez « spro build »."
        ) from error
