"""The sentence of an action: what changed, how sure it is, never its cause, never that an action has no effect (methods 6)."""

from __future__ import annotations

from pipelines.evaluation.actions import Action
from pipelines.evaluation.changes import Change
from pipelines.evaluation.controls import Beside
from pipelines.evaluation.sides import FEWEST_AFTER, FEWEST_BEFORE, shown
from pipelines.evaluation.studies import Study
from pipelines.evaluation.wording import amount, from_one_to_the_next, gap, month, periods, quoted, since, spread, whole
from pipelines.statistics.verdict import DOWN, FAVOURABLE, UNFAVOURABLE, UP, side

_CHANGES = {
    FAVOURABLE: "Cette évolution",
    UNFAVOURABLE: "Cette évolution, contraire à ce qui était espéré,",
    UP: "Cette hausse",
    DOWN: "Cette baisse",
}
_SIGNS = {FAVOURABLE: "favorable", UNFAVOURABLE: "défavorable", UP: "de hausse", DOWN: "de baisse"}


def too_early(study: Study) -> bool:
    """Whether too little time has passed since the action, whatever is shown."""
    return len(study.windows.after) < FEWEST_AFTER


def missing_data(study: Study, missing: int | None) -> str:
    """Why nothing can be concluded yet. `missing`: about how many answers lack, None if it is not answers that lack."""
    before, after = shown(study.sides.before), shown(study.sides.after)
    counted = periods(study.step)
    open_question = "La question reste ouverte."
    if too_early(study):
        return (
            f"Il est trop tôt pour conclure : il faut au moins {FEWEST_AFTER} {counted} après l'action. {open_question}"
        )
    if missing is not None:
        return f"Il manque environ {missing} réponses pour répondre. {open_question}"
    if not study.sides.long_enough:
        return (
            f"Il faut au moins {FEWEST_BEFORE} {counted} lisibles avant l'action et {FEWEST_AFTER} après pour conclure ; "
            f"il y en a {before} et {after}. {open_question}"
        )
    return f"Trop de {counted} ne sont pas montrés pour conclure. {open_question}"


def usual(action: Action, study: Study, change: Change) -> str:
    """No check speaks: nothing is proved, in either direction."""
    seen_last = study.sides.after[-1].start
    later = action.review is not None and action.review > seen_last
    next_look = f"revenons-y en {month(action.review)}" if action.review and later else "la question reste ouverte"
    return (
        f"{_fact(study, change)} : rien n'a changé au-delà de ce qui varie {from_one_to_the_next(study.step)}. "
        f"Ce n'est pas la preuve que l'action {quoted(action.label)} soit sans effet : {next_look}."
    )


def changed(action: Action, study: Study, change: Change, signal: int, beside: Beside | None) -> str:
    """At least one check speaks. `signal`: the direction of what the chart shows after."""
    direction = change.direction or signal
    told = side(direction, action.direction(study.lineage.sense))
    assert told is not None
    if signal != change.direction:
        unsure = _unsure(told, signal, change, study)
        return f"{_fact(study, change)}. {unsure} : nous n'en tirons pas de conclusion aujourd'hui."
    return (
        f"{_fact(study, change)}. {_CHANGES[told]} dépasse la variation habituelle{_beside(beside)} ; elle coïncide avec "
        f"l'action {quoted(action.label)} sans prouver qu'elle en est la cause."
    )


def _beside(beside: Beside | None) -> str:
    if beside is None or not beside.more_marked:
        return ""
    return f" et elle est plus marquée que dans {beside.structures} structures comparables"


def _unsure(told: str, signal: int, change: Change, study: Study) -> str:
    if signal and change.direction:
        return "Nos deux contrôles ne disent pas la même chose"
    line, gap_between = f"l'évolution {from_one_to_the_next(study.step)}", "l'écart entre avant et après"
    speaking, silent = (line, gap_between) if signal else (gap_between, line)
    return f"Un seul de nos deux contrôles donne un signe {_SIGNS[told]}, {speaking} ; {silent} peut venir du hasard"


def _fact(study: Study, change: Change) -> str:
    """« Depuis avril 2025, la mesure « … » est passée de 60 % à 80 % (écart +20 points, fourchette +5 à +33) »."""
    opening = f"{since(study.step, study.sides.after[0].start)}, la mesure {quoted(study.lineage.label)}"
    if not change.told:
        return f"{opening} se lit sans chiffre, pour qu'aucune réponse ne puisse être devinée"
    unit = study.lineage.unit
    range_ = spread(change.low, change.high)
    aside = f"écart {gap(change.difference, unit)}" + (f", {range_}" if range_ else "")
    return f"{opening} {_course(change, unit)} ({aside})"


def _course(change: Change, unit: str) -> str:
    if change.before == change.after:
        return f"est restée à {amount(change.after, unit)}"
    before = amount(change.before, unit) if unit == "%" else whole(change.before)
    return f"est passée de {before} à {amount(change.after, unit)}"
