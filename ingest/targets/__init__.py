"""Sentences and tables -> targets and results, each with the quote that holds its value.

`extracting` goes through a document and puts the rows together; every other module answers one
question about a figure in its sentence: which clause is its own (`clauses`), what it measures
(`measures`, `indicators`), when (`years`), whether it is aimed at or reached (`kinds`, `genres`),
where (`owners`), from which document (`sources`), about what (`pillars`); `tables` reads rows.
"""

from ingest.targets.extracting import extract_targets

__all__ = ["extract_targets"]
