"""What a card depends on: a digest of fixed draws of its subject, and of the tables that they were drawn from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from hashlib import blake2b

from perturb.core import engine
from perturb.core.errors import PerturbError
from perturb.core.rng import Rng
from perturb.core.text import Text
from perturb.evaluate.realism.generators import text_generator, word_generator
from perturb.recipe import load_recipe
from perturb.resources import root

WORDS = (
    "address believe beginning because business calendar different environment especially finally friend government "
    "immediately interesting knowledge necessary occurred opportunity people possible probably receive recommend really "
    "restaurant schedule separate something successful their tomorrow until weird which withdrawal would"
).split()
TEXTS = (
    "Where is the card that I ordered on Monday? The old one doesn't work and I need to pay 45 euros by Friday.",
    "Which of these people invented the telephone, and in what year did he first show it to the public?",
    "Maria has 12 apples and gives half of them to her brother. How many apples does Maria have now?",
    "I would like to withdraw money from the machine near the station, but it always declines. What should I do?",
    "Can you tell me how to change my address in the app before the new bank statement is sent to me?",
    "The museum was opened in 1887 by the king. How long after that did the architect leave the country?",
    "Please help me write a short message to my landlord about the broken heating and the water in the kitchen.",
    "What is the name of the largest river in Germany that does not flow through any of its big cities?",
)
_TRACE = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from perturb.evaluate.realism.fingerprint import bare
bare(sys.argv[1])
print(json.dumps(opened))
"""


def draws(run: str) -> str:
    """Hash fixed draws of a recipe, transform or family ("typo" -> 16 hex digits); nothing but draws changes it."""
    h = blake2b(digest_size=8)
    word, text = word_generator(run), text_generator(run)
    for made in (*(word(w, seed) for w in WORDS for seed in range(6)), *(text(t, s) for t in TEXTS for s in range(6))):
        h.update(made.encode() + b"\0")
    return h.hexdigest()


def bare(run: str) -> None:
    """Draw without protection, so that only the subject's own tables are read."""
    recipe = load_recipe(run)
    word = word_generator(recipe)
    for w in WORDS:
        word(w, 1)
    for step in recipe.steps():
        if step.transform.kind == "text":
            for t in TEXTS:
                engine.run(Text(t), step.transform, step.params, Rng(1, t), rate=None, times=3)


def tables_of(run: str) -> list[str]:
    """List the shipped tables that a subject's draws read ("typo" -> ["keyboards/qwerty.tsv", …]), in a process of its own."""
    done = subprocess.run([sys.executable, "-c", _TRACE, run], capture_output=True, text=True, check=False)
    if done.returncode:
        raise PerturbError(f"the tables of {run} cannot be found: {done.stderr.strip()[-400:]}")
    folder = root("data").resolve().as_posix() + "/"
    return sorted({p.removeprefix(folder) for p in json.loads(done.stdout) if p.startswith(folder)})


def hashes(tables: Iterable[str]) -> dict[str, str]:
    """Hash shipped tables by name (-> {"slips/en.tsv": "3f…"}); "" for one that is not there."""
    found = {}
    for name in tables:
        path = root("data") / name
        found[name] = blake2b(path.read_bytes(), digest_size=8).hexdigest() if path.is_file() else ""
    return found
