"""The editors' working lists: which bloc covers which skill, and the questionnaire."""

from orientation.admin.couverture import CouvertureDeBlocAdmin
from orientation.admin.questionnaire import OptionDeQuestionAdmin, QuestionAdmin

__all__ = ["CouvertureDeBlocAdmin", "OptionDeQuestionAdmin", "QuestionAdmin"]
