"""What imports compute, and the questions that editors write: nothing here is about a person."""

from orientation.models.couverture import CouvertureDeBloc, PoidsDeMot
from orientation.models.proximite import Proximite
from orientation.models.questionnaire import OptionDeQuestion, Question
from orientation.models.titre import TitreDItem

__all__ = ["CouvertureDeBloc", "OptionDeQuestion", "PoidsDeMot", "Proximite", "Question", "TitreDItem"]
