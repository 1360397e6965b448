"""The interview's dossier: fiches and a gap in one address, the paper made from them, nothing kept anywhere else."""
