"""A receipt as one HTML page that stands alone: French, printable, nothing asked of the outside, no script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from importlib.resources import files

from pipelines.receipt import Receipt
from pipelines.receipts.faults import Fault
from pipelines.receipts.view import Context, ReceiptView, view_of
from pipelines.receipts.words import counted, day, lines, number

_ALONE = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PRIVATE = (
    "Cet accusé compte des lignes : il est réservé au réseau qui a livré. Il ne contient aucune valeur du fichier, "
    "seulement des numéros de ligne, des intitulés et des règles."
)


def receipt_page(receipt: Receipt, context: Context | None = None) -> str:
    """The page of one receipt; with a `context`, beside the network's past and with what can now be computed."""
    view = view_of(receipt, context)
    sections = [_identity(view), _refusal(view), _listed("Relue avec une autre correspondance", view.relecture)]
    sections += [
        _whereabouts(view),
        _faults(view),
        _columns(view),
        _listed("Ce qui a été remplacé ou répété", view.corrections),
        _section("Contrôles du contrat", f"<p>{_typeset(view.controles)}</p>") if view.controles else "",
        _past(view),
        _listed("Ce que cette livraison permet de calculer", view.calculs, _THRESHOLDS),
        _withdrawal(view, receipt),
    ]
    return _document(f"Accusé de réception : {view.fichier}", "Accusé de réception", sections)


def index_page(network: str, receipts: Sequence[Receipt]) -> str:
    """The page that lists the receipts of a network (its name), the latest first."""
    ordered = sorted(receipts, key=lambda each: each.rang, reverse=True)
    items = "".join(f"<li>{_entry(each)}</li>" for each in ordered)
    told = f"<p>{_typeset(counted(len(ordered), 'livraison'))}, la dernière reçue en tête.</p>"
    heading = f"Accusés de réception : {network}"
    return _document(heading, heading, [told, f'<ol reversed class="liste">{items}</ol>'])


def _entry(receipt: Receipt) -> str:
    link = f'<a href="{escape(receipt.livraison_id)}.html">{_typeset(receipt.fichier)}</a>'
    return f"{link}<br>{_typeset(f'Reçue le {day(receipt.recue_le)}. {view_of(receipt).etat}')}"


_THRESHOLDS = "Calculer n'est pas montrer : un résultat ne paraît que si les seuils de diffusion le permettent."


def _document(title: str, heading: str, sections: Iterable[str]) -> str:
    style = files(__package__).joinpath("receipt.css").read_text(encoding="utf-8")
    body = "\n".join(section for section in sections if section)
    return (
        f'<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_ALONE}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{_typeset(title)}</title>\n<style>\n{style}</style>\n'
        f"</head>\n<body>\n<main>\n<h1>{_typeset(heading)}</h1>\n{body}\n</main>\n"
        f"<footer><p>{_typeset(_PRIVATE)}</p></footer>\n</body>\n</html>\n"
    )


def _identity(view: ReceiptView) -> str:
    entries = {
        "Fichier": view.fichier,
        "Réseau": view.reseau,
        "Table": view.table,
        "Reçue le": view.recue_le,
        "État": view.etat,
    }
    pairs = "".join(f"<div><dt>{name}</dt><dd>{_typeset(text)}</dd></div>" for name, text in entries.items() if text)
    return f"<dl>{pairs}</dl>"


def _refusal(view: ReceiptView) -> str:
    if not view.refus:
        return ""
    return _section(
        "Pourquoi le fichier est refusé",
        f"<p>{_typeset(view.refus)}</p><p><strong>Que faire :</strong> {_typeset(view.remede)}</p>",
    )


def _whereabouts(view: ReceiptView) -> str:
    if not view.bilan:
        return ""
    rows: list[tuple[str, str]] = [
        (fate.sort[0].upper() + fate.sort[1:], number(fate.lignes)) for fate in view.destinations
    ]
    rows.append(("Total, égal aux lignes lues", number(sum(fate.lignes for fate in view.destinations))))
    table = _table("Destination de chaque ligne lue", ("Destination", "Lignes"), rows)
    return _section("Où est allée chaque ligne", f"<p>{_typeset(view.bilan)}</p>{table}")


def _faults(view: ReceiptView) -> str:
    return _section("À corriger", "".join(map(_fault, view.fautes))) if view.fautes else ""


def _fault(fault: Fault) -> str:
    where = lines(fault.premieres, fault.lignes)
    where = where[0].upper() + where[1:] + ("" if where.endswith("…") else ".")
    return (
        f"<article><h3>{_typeset(fault.phrase)}</h3><p>{_typeset(where)}</p>"
        f"<p><strong>Que faire :</strong> {_typeset(fault.remede)}</p></article>"
    )


def _columns(view: ReceiptView) -> str:
    told = {
        "Retirées à la lecture, jamais gardées": view.retirees,
        "Ignorées par la correspondance": view.ignorees,
        "Lues, sous leur nom dans le contrat": view.lues,
    }
    parts = [f"<h3>{title}</h3>{_bullets(names)}" for title, names in told.items() if names]
    return _section("Colonnes", "".join(parts)) if parts else ""


def _past(view: ReceiptView) -> str:
    if not view.comparaisons:
        return ""
    items = "".join(f'<li class="{each.verdict}">{_typeset(each.phrase)}</li>' for each in view.comparaisons)
    return _section("Par rapport à vos livraisons précédentes", f"<ul>{items}</ul>")


def _withdrawal(view: ReceiptView, receipt: Receipt) -> str:
    if not receipt.counts or receipt.rang == 0:
        return ""
    told = _typeset("Pour reprendre cette livraison, la personne qui exploite le produit lance :")
    return _section(
        "Retirer cette livraison", f"<p>{told} <code>spro delivery withdraw {escape(view.livraison)}</code></p>"
    )


def _listed(title: str, sentences: Sequence[str], note: str = "") -> str:
    if not sentences:
        return ""
    return _section(title, _bullets(sentences) + (f"<p>{_typeset(note)}</p>" if note else ""))


def _section(title: str, content: str) -> str:
    return f"<section>\n<h2>{_typeset(title)}</h2>\n{content}\n</section>"


def _bullets(sentences: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{_typeset(each)}</li>" for each in sentences) + "</ul>"


def _table(caption: str, headings: tuple[str, str], rows: Sequence[tuple[str, str]]) -> str:
    """A table of names and numbers."""
    head = f'<th scope="col">{headings[0]}</th><th scope="col" class="nombre">{headings[1]}</th>'
    body = "".join(
        f'<tr><th scope="row">{_typeset(name)}</th><td class="nombre">{_typeset(value)}</td></tr>'
        for name, value in rows
    )
    return f"<table><caption>{_typeset(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _typeset(text: str) -> str:
    """`text` as HTML: escaped, with the spaces that French does not break."""
    firm = re.sub(r" (?=[:»])|(?<=«) ", "\N{NO-BREAK SPACE}", text)
    return escape(re.sub(r" (?=[;?!])", "\N{NARROW NO-BREAK SPACE}", firm))
