"""Results of eval tools as rows of one table; each tool's file is told by what stands in it."""

from perturb.evaluate.results.reading import TOOLS, read_results
from perturb.evaluate.results.rows import Result

__all__ = ["TOOLS", "Result", "read_results"]
