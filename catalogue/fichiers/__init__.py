"""Guarded readers: official files are opened here, and refused here when they are not what they claim."""
