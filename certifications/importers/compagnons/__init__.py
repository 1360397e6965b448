"""Read the poorer forms of the RNCP and the RS: the export in CSV tables and the older national kits.

They are read into the same records as the XML; a `Lecture` says which rubriques it speaks of, for what a form has no
column for is not what it says to be empty.
"""

from certifications.importers.compagnons.export_csv import lire_export_csv
from certifications.importers.compagnons.kit import lire_kit
from certifications.importers.compagnons.lecture import Lecture

__all__ = ["Lecture", "lire_export_csv", "lire_kit"]
