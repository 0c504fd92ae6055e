"""In which language one reads: links at the end of the sidebar, kept in the URL as everything that is chosen."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.components.html import page_language, tag, words, write
from dashboard.text import language

TITLE = "Langue"


def sidebar() -> None:
    """Links to this very page in each language, each under its own name."""
    links = " · ".join(_link(code, name) for code, name in language.NAMES.items())
    with st.sidebar:
        write(tag("h2", TITLE, "nav"), f'<nav aria-label="{words(TITLE)}"><p class="contents">{links}</p></nav>')


def kept() -> dict[str, str]:
    """The URL parameter that keeps the language from page to page; none in French."""
    spoken = page_language()
    return {} if spoken == language.FRENCH else {language.PARAMETER: spoken}


def _link(code: str, name: str) -> str:
    others = {key: value for key, value in st.query_params.to_dict().items() if key != language.PARAMETER}
    query = others if code == language.FRENCH else {**others, language.PARAMETER: code}
    if code == page_language():
        return f'<strong lang="{code}" aria-current="true">{name}</strong>'
    # The whole document is asked for again: its own language is part of it.
    return f'<a target="_self" lang="{code}" hreflang="{code}" href="?{escape(urlencode(query))}">{name}</a>'
