"""The administration of dossiers and of the glossary: one module per concept."""

from guides.admin import dossier, liens, terme

__all__ = ["dossier", "liens", "terme"]
