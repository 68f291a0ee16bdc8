"""One member's life as a picture, SVG or PNG; needs the extra `plot`."""

from subsim.answers.outcome import Outcome
from subsim.basics.dates import Day
from subsim.basics.languages import Language
from subsim.drawing.data import DataPicture
from subsim.drawing.files import CannotSave, check_file, save
from subsim.drawing.life import life
from subsim.drawing.notes import PicturePage
from subsim.drawing.picture import picture
from subsim.files.one_world import one_world
from subsim.files.scenario import Scenario

__all__ = ["CannotSave", "check_file", "draw", "save"]


def draw(
    scenario: Scenario,
    outcome: Outcome,
    language: Language,
    asked: Day | None = None,
    ahead: Day | None = None,
    data: DataPicture | None = None,
) -> str:
    """The picture of an outcome of the scenario, as the text of an SVG file; equal input gives equal bytes.

    `asked` is a day, no later than the outcome's last, for whose notices the ways out are drawn. What comes after the
    outcome's last day if nothing else happens, up to and including `ahead`, is then dashed. `data` is what is held
    about the member, drawn below.
    """
    return picture(life(one_world(scenario), outcome, asked, ahead), PicturePage(language), data)
