"""What is closed until asked for; laid flat where it already stands inside something that was opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.components.html import said, tag, write


@contextmanager
def fold(label: str, *, key: str, flat: bool) -> Iterator[None]:
    """An expander under `label`; `flat`, the label as a small title and the content under it."""
    if flat:
        write(tag("p", label, "chart-title"))
        yield
        return
    with st.expander(said(label), key=key):
        yield
