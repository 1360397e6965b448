"""What is written to be read: dossiers about a sector, and the glossary."""
