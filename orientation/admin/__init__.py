"""The editors' working list: which bloc covers which skill."""

from orientation.admin.couverture import CouvertureDeBlocAdmin

__all__ = ["CouvertureDeBlocAdmin"]
