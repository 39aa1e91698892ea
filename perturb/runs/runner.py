"""A run: items of files in, variants and a manifest out, whole or not at all; the same bytes by any number of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from perturb.core.errors import DataError
from perturb.ledger import Ledger
from perturb.runs.doing import each_done
from perturb.runs.feed import ITEMS, Feed, Pace, chunks, hinted, sampled
from perturb.runs.inputs import Inputs
from perturb.runs.job import Job
from perturb.runs.journal import Journal
from perturb.runs.listed import Attempts
from perturb.runs.outputs import Outputs, Progress, Summary, apart, found_fields
from perturb.runs.shards import Shard
from perturb.runs.work import Work
from perturb.variants import Perturber


def run(
    perturber: Perturber, source: str | list[str], outputs: Outputs, *, limit: int | None = None, sample: int | None = None,
    keep: Iterable[str] = (), manifest_of: Callable[[Summary], str] | None = None, progress: Progress | None = None,
    job: Job | None = None, jobs: int = 1, engine: str = "", journal: Journal | None = None,
    head: Callable[[dict[str, str]], dict[str, Any]] | None = None, shard: Shard | None = None,
    ledger: Ledger | None = None, attempts: Attempts | None = None, before: dict[str, Any] | None = None,
) -> Summary:  # fmt: skip
    """Write the variants of files' items (``run(Perturber("hurried"), "items.jsonl", Outputs("out.jsonl"))``).

    ``sample`` takes that many items by a hash of their ids, the same ones whatever the seed or order. ``keep`` are
    files that no output may replace (the inputs are some in any case). The manifest is what ``manifest_of`` makes of the
    summary. ``jobs`` processes work on it, each made of ``job``, Ray's where ``engine`` is "ray". With a ``journal``, what is done when an error or a
    Ctrl-C comes is left beside the output, to go on from: one that has a head is gone on with, else ``head`` gives it.
    What a ``ledger`` has is not given again; ``attempts`` are those that a manifest lists; ``before`` is the freshness of the
    run whose place this one takes.
    Raises DataError, BadRecord, UsageError; nothing half-written stands under an output's name.
    """
    paths = [source] if isinstance(source, str) else source
    apart([outputs.output, outputs.manifest, outputs.rejects, outputs.sidecar, outputs.given])
    with ExitStack() as stack:
        work = Work(perturber, Inputs(paths, hashed=manifest_of is not None or journal is not None), outputs, journal,
                     [*paths, *keep], ledger)  # fmt: skip
        work.open(stack, head)
        feed = Feed(paths, inputs=work.inputs, skip_bad=bool(work.rejects), limit=limit)
        stream = perturber.stream()
        entries = feed.entries(stream) if sample is None else sampled(feed.entries(stream), sample)
        if attempts is not None:
            entries = hinted(entries, attempts, attempts.path)
        pace = Pace(max(1, ITEMS // (perturber.n * len(perturber.recipes))))
        pieces = chunks(entries, pace, shard, work.state.at, work.state.chain)
        wanted = work.wanted(again=attempts is not None)
        try:
            for chunk, done in each_done(pieces, feed, stream, wanted, job, jobs, engine, stack):
                pace.took(len(chunk.entries), done.seconds)
                work.take(chunk, done, shard)
                if progress is not None:
                    progress(chunk.end, feed.reached())
            work.inputs.unchanged()
        except DataError:
            work.inputs.unchanged()
            raise
        summary = work.summary(perturber, stream, before)
        if shard is None:
            found_fields(perturber.wanted, summary.stats, ", ".join(paths))
        work.close(manifest_of, summary, shard)
    return summary
