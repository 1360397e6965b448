"""The administration of dossiers, of the glossary and of the notes about money: one module per concept."""

from guides.admin import dossier, financement, liens, terme

__all__ = ["dossier", "financement", "liens", "terme"]
