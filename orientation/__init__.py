"""Deciding: compare, measure a gap, find what is near. The visitor's state is the address; nothing personal is stored."""
