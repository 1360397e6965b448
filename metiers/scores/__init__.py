"""The portal's own scores of a métier, and everything needed to explain them.

One type (`score.Score`), one scale (0 to 10), one direction (10 = favourable to the person), pure functions over stated
inputs. Without inputs there is no score. A score that a source publishes is neither recomputed nor merged: it stands
beside ours. The inputs of a métier are gathered in `du_metier`.

==================  ============================================================================
`acces`             how easy the métier is to enter
`tension`           how easy a job is to find, from the Dares's categories
`salaire`           where the salary stands among the others of its source
`conditions`        how few constraints the ROME's contextes de travail signal
`attractivite`      the three above, weighted
==================  ============================================================================
"""
