"""A drafted mapping as the text of a file of grids/networks/: it can be read as it stands, and says how sure each line is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grids.partner_questions import ABOUT
from pipelines.intake.drafting.draft import DraftedDelivery
from pipelines.intake.drafting.sources import DraftedSource
from pipelines.intake.drafting.values import ValueTable

_SURE, _LIKELY = 0.85, 0.65
_KEPT_AS_THEY_ARE = "\u00a0\u202f\u2009"
"""No-break spaces of French typography: not printable for Python, plain text for YAML."""
_HEAD = """\
# Proposition tirée d'un fichier, à relire ligne par ligne : rien n'est décidé.
# Chaque ligne dit sa confiance, de 0 à 1 : « sûr », « probable » ou « à vérifier ».
"""


def mapping_text(network: str, name: str, deliveries: Sequence[DraftedDelivery]) -> str:
    """The whole mapping of a network that has none yet."""
    lines = [f"reseau: {quoted_text(network)}", f"nom: {quoted_text(name)}", "livraisons:"]
    return _HEAD + _todo_text(deliveries) + "".join(f"{line}\n" for line in lines) + _deliveries_text(deliveries)


def added_text(deliveries: Sequence[DraftedDelivery]) -> str:
    """Only the deliveries, as they are added under « livraisons: » of a mapping that exists."""
    return _HEAD + _todo_text(deliveries) + _deliveries_text(deliveries)


def quoted_text(text: str) -> str:
    """A text between straight quotes, as YAML reads it back."""
    return '"' + "".join(map(_written, text)) + '"'


def confidence_text(confidence: float) -> str:
    """How sure a line is, in words and with the number."""
    word = "sûr" if confidence >= _SURE else "probable" if confidence >= _LIKELY else "à vérifier"
    return f"{word} ({confidence:.2f})".replace(".", ",")


def _written(mark: str) -> str:
    if mark in '"\\':
        return f"\\{mark}"
    if mark.isprintable() or mark in _KEPT_AS_THEY_ARE:
        return mark
    return f"\\U{ord(mark):08x}"


def _todo_text(deliveries: Iterable[DraftedDelivery]) -> str:
    told = [f"{each.id} : {_one_line(sentence)}" for each in deliveries for sentence in each.todo]
    return "# Reste à faire :\n" + "".join(f"# - {line}\n" for line in told or ["relire."])


def _deliveries_text(deliveries: Iterable[DraftedDelivery]) -> str:
    return "".join(f"{line}\n" for delivery in deliveries for line in _delivery_lines(delivery))


def _delivery_lines(delivery: DraftedDelivery) -> list[str]:
    constants = ", ".join(f"{name}: {quoted_text(value)}" for name, value in delivery.constants.items())
    headings = ", ".join(map(quoted_text, delivery.recognised_by))
    sheet = f"  # feuille n° {delivery.rank} du fichier" if delivery.rank > 1 else ""
    return [
        f"  - id: {quoted_text(delivery.id)}{sheet}",
        f"    contrat: {quoted_text(delivery.table)}  # {confidence_text(delivery.confidence)}",
        f"    lecteur: {quoted_text(delivery.reader)}",
        f"    reconnue_a: [{headings}]  # à vérifier : propres à cette livraison ?",
        f"    constantes: {{{constants}}}" + ("  # à vérifier" if constants else ""),
        *_block("colonnes", delivery.columns),
        *(_block("questions", delivery.questions) if delivery.questions else []),
        *_reasons("a_retirer", delivery.removed),
        *_reasons("ignorer", delivery.ignored),
    ]


def _block(name: str, sources: Sequence[DraftedSource]) -> list[str]:
    if not sources:
        return [f"    {name}: {{}}"]
    return [f"    {name}:", *(line for source in sources for line in _source_lines(source))]


def _source_lines(source: DraftedSource) -> list[str]:
    told = confidence_text(source.confidence) + (f" : {source.note}" if source.note else "")
    facts = _facts(source)
    name = quoted_text(source.name) if ABOUT in source.name else source.name
    if source.table is None or not (source.table.readings or source.table.undecided):
        return [f"      {name}: {{{', '.join(facts)}}}  # {told}"]
    return [
        f"      {name}:  # {told}",
        *(f"        {fact}" for fact in facts),
        *_value_lines(source.table),
    ]


def _facts(source: DraftedSource) -> list[str]:
    if len(source.headings) == 1:
        facts = [f"colonne: {quoted_text(source.headings[0])}"]
    else:
        start, end = map(quoted_text, source.headings)
        facts = [f"jours_ouvres: {{de: {start}, a: {end}}}"]
    if source.date:
        facts.append(f"date: {quoted_text(source.date)}")
    if source.block:
        facts.append(f"bloc: {quoted_text(source.block)}")
    if source.table and source.table.separator:
        facts.append(f"separateur: {quoted_text(source.table.separator)}")
    return facts


def _value_lines(table: ValueTable) -> list[str]:
    lines = ["        valeurs:"] if table.readings else []
    for reading in table.readings:
        told = confidence_text(reading.confidence)
        lines.append(f"          {quoted_text(reading.word)}: {quoted_text(reading.code)}  # {told}")
    if table.undecided:
        lines.append(f"        # à décider : {', '.join(map(quoted_text, table.undecided))}")
    if table.untold:
        lines.append(f"        # à décider : {table.untold} autre(s) mot(s), non cités ici")
    return lines


def _reasons(name: str, reasons: dict[str, str]) -> list[str]:
    if not reasons:
        return [f"    {name}: []"]
    listed = (f"      - {quoted_text(heading)}  # {_one_line(reason)}" for heading, reason in reasons.items())
    return [f"    {name}:", *listed]


def _one_line(text: str) -> str:
    """A comment ends with its line: what a heading holds of line feeds must not begin another."""
    return "".join(
        " " if not mark.isprintable() and mark not in _KEPT_AS_THEY_ARE else mark for mark in re.sub(r"\s", " ", text)
    )
