"""Two samples compared: divergence of distributions, and how well classifiers tell them apart (scikit-learn)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from perturb.core.errors import MissingResource
from perturb.core.rng import Rng

HOW = 'pip install "perturb[realism]"'
FOLDS = 5


def sklearn(module: str) -> Any:
    """Import a module of scikit-learn ("ensemble"); MissingResource with the command that gets it."""
    try:
        return import_module(f"sklearn.{module}")
    except ImportError as e:
        raise MissingResource(f"measuring realism needs scikit-learn ({e}); get it with: {HOW}") from None


def divergence(ours: Iterable[str], theirs: Iterable[str]) -> float:
    """Give the Jensen-Shannon divergence of two samples, in bits ("ab", "ab" -> 0.0; "a", "b" -> 1.0)."""
    p, q = Counter(ours), Counter(theirs)
    m, n = sum(p.values()), sum(q.values())
    if not m or not n:
        return 0.0 if m == n else 1.0
    total = 0.0
    for key in sorted(p.keys() | q.keys()):
        a, b = p[key] / m, q[key] / n
        middle = (a + b) / 2
        total += sum(x / 2 * math.log2(x / middle) for x in (a, b) if x)
    return max(0.0, total)


def folds_of(groups: Sequence[str]) -> list[int]:
    """Put whole groups into five folds by a hash of their names, so that no group is in two."""
    known: dict[str, int] = {}
    return [known.setdefault(g, Rng("fold", g).below(FOLDS)) for g in groups]


def separation(
    numbers: Sequence[Sequence[float]], grams: Sequence[Sequence[str]], real: Sequence[int], groups: Sequence[str]
) -> dict[str, float]:
    """Give the AUC of three classifiers that tell ``real`` 1 from 0: 0.5 is indistinguishable, 1 always told apart.

    "boosting" is gradient boosting over the numbers, "ngrams" logistic regression over the hashed grams, "both" the sum
    of their log-odds; each is asked about groups that it was not trained on, and the AUC is the mean of the folds'.
    """
    import numpy as np

    boosting = sklearn("ensemble").HistGradientBoostingClassifier
    logistic = sklearn("linear_model").LogisticRegression
    hasher = sklearn("feature_extraction").FeatureHasher(n_features=1 << 18, input_type="string", alternate_sign=False)
    auc = sklearn("metrics").roc_auc_score
    x, h = np.asarray(numbers, dtype=np.float64), hasher.transform(grams)
    y, fold = np.asarray(real), np.asarray(folds_of(groups))
    found: dict[str, list[float]] = {"boosting": [], "ngrams": [], "both": []}
    with import_module("threadpoolctl").threadpool_limits(1):  # threads only wait for each other on a busy machine
        for k in range(FOLDS):
            train, test = fold != k, fold == k
            if len(set(y[test].tolist())) < 2 or len(set(y[train].tolist())) < 2:
                continue
            trees = boosting(max_iter=80, learning_rate=0.1, max_leaf_nodes=15, l2_regularization=1.0,
                             min_samples_leaf=20, early_stopping=False, random_state=k)  # fmt: skip
            a = trees.fit(x[train], y[train]).decision_function(x[test])
            b = logistic(C=0.3, solver="liblinear", random_state=k).fit(h[train], y[train]).decision_function(h[test])
            for name, odds in (("boosting", a), ("ngrams", b), ("both", a + b)):
                found[name].append(float(auc(y[test], odds)))
    return {name: sum(each) / len(each) if each else 0.5 for name, each in found.items()}
