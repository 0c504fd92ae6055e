"""The HTML document around the pages: Streamlit's own, made French, or told to be in the language that the URL names."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import streamlit
from starlette.datastructures import QueryParams
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.text import language

TITLE = "Qualité de l'accueil – SPRO Bretagne"
# Our own scripts, by their address: the policy allows no other, and none written into a page.
_HERE = Path(__file__).parent
SCRIPTS = {"/mots.js": _HERE / "words.js", "/depot.js": _HERE / "deposit.js", "/impression.js": _HERE / "print.js"}
# In the document itself, since Streamlit folds its menu on a telephone before our own style sheet is there: a folded menu
# is off the screen, so it neither scrolls nor takes the focus. An open one always holds the button that folds it.
_STYLE = '<style>[data-testid="stSidebar"][data-collapsed="true"] { visibility: hidden; }</style>'
NO_SCRIPT = "Ces pages ont besoin de JavaScript. Activez-le dans votre navigateur."
# The browser looks for Streamlit's own routes under the page's path too, and must be told that they are not there.
_STREAMLIT_ROUTES = ("/_stcore", "/static", "/media", "/component", "/app/")


def french_document() -> str:
    """Streamlit's index page with the language, the title and the words of this product."""
    source = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    # A browser that reads a comment before the doctype still stands in standards mode; it is dropped all the same.
    source = source[source.index("<!DOCTYPE html>") :]
    source = source.replace('<html lang="en">', '<html lang="fr">', 1)
    source = re.sub(r"<title>.*?</title>", f"<title>{TITLE}</title>", source, count=1)
    source = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript><p>{NO_SCRIPT}</p></noscript>", source, count=1, flags=re.DOTALL
    )
    source = re.sub(r'<link\s+rel="(?:preload|service-desc)".*?/>', "", source, flags=re.DOTALL)
    scripts = "".join(f'<script src="{path}"></script>' for path in SCRIPTS)
    source = source.replace("</title>", f"</title>{_STYLE}{scripts}", 1)
    return re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)


def document_in(document: str, spoken: str) -> str:
    """The French document said to be in another language, with its few words in it where they are translated."""
    if spoken == language.FRENCH:
        return document
    for text in (TITLE, NO_SCRIPT):
        document = document.replace(text, language.translated(text, spoken) or text, 1)
    return document.replace('<html lang="fr">', f'<html lang="{spoken}">', 1)


def script_hashes(document: str) -> list[str]:
    """The Content-Security-Policy sources of the inline scripts of a document."""
    inline = re.findall(r"<script>(.*?)</script>", document, flags=re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in inline]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class FrenchDocument:
    """Answers requests for a page with the French document; an unknown page goes to the first one."""

    def __init__(self, app: ASGIApp, *, document: str, paths: tuple[str, ...]) -> None:
        self.app = app
        self.document = document
        self.paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and _is_page(scope["path"]):
            await self._answer(scope)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["path"] in SCRIPTS:
            script = SCRIPTS[scope["path"]]
            return FileResponse(script, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
        path = scope["path"].strip("/")
        query = scope.get("query_string", b"").decode("latin-1")
        if path in self.paths and not scope["path"].endswith("/"):
            document = document_in(self.document, language.asked(QueryParams(query)))
            return HTMLResponse(document, headers={"Cache-Control": "no-cache"})
        if path in self.paths:
            return RedirectResponse(f"/{path}?{query}".rstrip("?"))
        lost = "" if path in ("", "index.html") else "introuvable=oui"
        return RedirectResponse(f"/{self.paths[0]}?{'&'.join(filter(None, (query, lost)))}".rstrip("?"))


def _is_page(path: str) -> bool:
    if path in ("/", "/index.html", *SCRIPTS):
        return True
    streamlit_route = any(route in path for route in _STREAMLIT_ROUTES)
    return not streamlit_route and "." not in path.rsplit("/", 1)[-1]
