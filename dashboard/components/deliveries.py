"""A network's deliveries as a list, and one receipt as a whole."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from dashboard.components.html import tag, words, write
from dashboard.text import dates
from dashboard.text.typography import uncapitalised
from dashboard.views.deliveries import Deliveries, Delivery, account
from dashboard.views.receipt import fragment
from grids.errors import SproError


def listed(deliveries: Deliveries, address: str, query: dict[str, str]) -> None:
    """Every delivery with its state, its lines and the way to its receipt; `address` and `query` are the page's own."""
    if not deliveries.lines:
        write(tag("p", "Rien n'est encore arrivé : ce que vous livrerez s'inscrira ici, fichiers refusés compris."))
        return
    items = (_item(delivery, _link(address, query, delivery.id)) for delivery in deliveries.lines)
    write('<ol class="livraisons">', *(f"<li>{item}</li>" for item in items), "</ol>")


def whole_receipt(page: str, address: str, query: dict[str, str]) -> None:
    """A receipt in place of the list, and the way back."""
    back = f'<a class="retour" target="_self" href="{_link(address, query)}">'
    write(
        tag("h2", "Accusé de réception"),
        f"<p>{back}{words('Revenir aux livraisons')}</a></p>",
        f'<div class="accuse">{fragment(page)}</div>',
    )


def refused(error: SproError) -> None:
    """A sentence in place of the deliveries: the door is closed, or said no."""
    remedy = tag("p", f"Que faire ? {error.remedy}" if error.remedy else "")
    write('<div class="notice" role="alert">', tag("p", error.sentence, "strong"), remedy, "</div>")


def _item(delivery: Delivery, link: str) -> str:
    received = f"Reçue le {dates.day(delivery.received_on)}"
    what = f"{received} ({uncapitalised(delivery.table)})" if delivery.table else received
    label = words(f"Lire l'accusé : {delivery.file}")
    return "".join(
        [
            tag("p", delivery.file, "strong"),
            tag("p", f"{what}. {delivery.sentence}"),
            tag("p", account(delivery)),
            f'<p><a target="_self" href="{link}">{label}</a></p>',
        ]
    )


def _link(address: str, query: dict[str, str], delivery_id: str = "") -> str:
    parameters = query | ({"livraison": delivery_id} if delivery_id else {})
    return escape(f"/{address}?{urlencode(parameters)}")
