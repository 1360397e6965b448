"""ROME 4.0 and what is known of a métier; imports only `catalogue`."""
