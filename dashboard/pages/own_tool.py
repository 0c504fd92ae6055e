"""Two parts of Données: what a network's own tool tells already, and what the network is still asked."""

from __future__ import annotations

from dashboard import cache, reading
from dashboard.components import grid as drawn
from dashboard.components.cards import address
from dashboard.components.figures import download
from dashboard.components.html import table, tag, words, write
from dashboard.queries import grid as queries
from dashboard.views import asked, equivalences
from grids.register import Network

GRID_PAGE = "grille"
NO_INDICATOR = (
    "Votre outil mesure déjà quelque chose qui ressemble à la grille ? Donnez sa définition à l'équipe qui anime la "
    "démarche : les deux définitions seront mises côte à côte, et la question pourra ne plus être posée."
)
SHEET = "Sans outil, ou si l'export ne donne pas tout, la fiche commune se remplit dans un tableur."


def already_told(network: Network) -> None:
    """The network's own indicators, each beside the measures of the grid that it is near to."""
    frame = equivalences.of_network(cache.load(queries.equivalences), network.code)
    found = equivalences.own_indicators(frame, reading.grid_of(reading.versions()[-1]))
    write(tag("h2", "Ce que votre outil dit déjà"))
    write(tag("p", equivalences.network_sentence(frame, network.name), "lead"))
    write(tag("p", equivalences.RULE if found else NO_INDICATOR, "muted"))
    if found:
        write(tag("h3", "Vos indicateurs, à côté des mesures de la grille"), *map(drawn.own_indicator, found))
        download(equivalences.table(found), key="equivalences")
    write(_more("equivalences", "Voir les indicateurs de tous les réseaux et des référentiels communs"))


def still_asked(network: Network) -> None:
    """What the network fills in, what need not be asked of it any more, and the sheet for those without a tool."""
    names = {network.code: network.name}
    burdens = cache.load(queries.burdens).filter(reseau=network.code)
    redundant = cache.load(queries.redundancies)
    redundant = redundant.filter(redundant["reseau"].is_in([asked.EVERYONE, network.code]))
    write(tag("h2", "Ce qui vous est demandé"), tag("p", asked.burdens_sentence(burdens, network.name), "lead"))
    if burdens.height:
        content = asked.burden_table(burdens)
        write(tag("p", asked.ESTIMATES, "muted"), table(content))
        download(content, key="charges")
    write(tag("h2", "Ce qu'on pourrait cesser de vous demander"))
    write(tag("p", asked.redundancies_sentence(redundant), "lead"), tag("p", asked.spared_sentence(redundant)))
    for contents in asked.redundancies_tables(redundant, names).values():
        write(*map(table, contents))
    if redundant.height:
        download(asked.redundancies_table(redundant, names), key="redondances")
    write(tag("h2", "La fiche commune"), tag("p", SHEET), _sheet_command(network))


def _sheet_command(network: Network) -> str:
    """The dashboard makes no file of its own: whoever keeps the tool hands the sheet out."""
    command = f"spro template --network {network.code} --out fiche.xlsx"
    return (
        tag("p", "Demandez-la à la personne qui tient l'outil ; elle la prépare pour votre réseau par cette commande :")
        + f"<p><code>{words(command)}</code></p>"
    )


def _more(part: str, label: str) -> str:
    href = address(GRID_PAGE, {"lire": part})
    return f'<p><a class="more" target="_self" href="{href}">{words(label)}</a></p>'
