"""Comparison of two to four fiches of one catalogue: rows declared once, differences told in words."""
