"""Administration of the certifications: France compétences is read, the editors' texts are written."""

from certifications.admin import certification, parties

__all__ = ["certification", "parties"]
