"""A second opinion on a finished file: variants against their source, by rules that share nothing with the engine.

``perturb verify`` reads any file of variants, ours or another tool's, beside the clean file. It knows nothing of masks, edits
or transforms: what it finds, a careful reader who compares the two texts would find too.
"""

from perturb.verify.check import Violation, again, verify
from perturb.verify.pairs import Pair, pairs

__all__ = ["Pair", "Violation", "again", "pairs", "verify"]
