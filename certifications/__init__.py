"""RNCP and RS: certifications and their blocs de compétences; imports `metiers` and `catalogue`."""
