"""How near a generator's noise comes to people's: words (``measure_pairs``) and whole texts (``measure_texts``).

Needs scikit-learn: ``pip install "perturb[realism]"``. What is measured, and how, is in docs/realism.md.
"""

from __future__ import annotations

from perturb.evaluate.realism.pairs import PairCard, measure_pairs
from perturb.evaluate.realism.texts import Figure, TextCard, measure_texts

__all__ = ["Figure", "PairCard", "TextCard", "measure_pairs", "measure_texts"]
