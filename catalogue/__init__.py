"""What any catalogue of fiches needs; knows no noun of a référentiel and imports no other package."""
