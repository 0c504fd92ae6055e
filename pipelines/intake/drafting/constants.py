"""What holds for a whole questionnaire: the grid, its version, who answers and when, from the questions recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from grids.model import Grid
from grids.partner_questions import question_and_partner


def constants_of(table: str, questions: Sequence[str], grid: Grid) -> dict[str, str]:
    """The constants of a delivery of answers, from the ids of the questions that it asks; none for other tables."""
    if table != "reponses":
        return {}
    asked = [grid.questions[question_and_partner(each)[0]] for each in questions] or list(grid.questions.values())
    [(wave, _)] = Counter(each.wave for each in asked).most_common(1)
    [(respondent, _)] = Counter(respondent for each in asked for respondent in each.respondents).most_common(1)
    return {"grille": grid.id, "version": grid.version, "vague": wave, "repondant": respondent}
