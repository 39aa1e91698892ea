"""Every mistake of a recipe is said, with file and line, and all of them at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perturb.core.errors import RecipeError, UsageError
from perturb.recipe import load_recipe
from perturb.recipe_yaml import parse_recipe


def mistakes(text: str) -> list[str]:
    with pytest.raises(RecipeError) as caught:
        parse_recipe(text, file="r.yaml")
    return caught.value.mistakes


HEAD = "summary: x\nsteps:\n"
MISTAKES = [
    ("", ["r.yaml:1: empty"]),
    ("# nothing\n", ["r.yaml:1: empty"]),
    ("- a", ["r.yaml:1: a recipe is a mapping of summary, for, writer, steps, not a list"]),
    ("a", ["r.yaml:1: a recipe is a mapping"]),
    ("summary: x", ["r.yaml:1: 'steps' is missing"]),
    ("steps: [typo.omit]", ["r.yaml:1: 'summary' is missing"]),
    ("summary: ''\nsteps: [typo.omit]", ["r.yaml:1: summary is empty"]),
    ("sumary: x\nsteps: [typo.omit]", ["r.yaml:1: 'summary' is missing", "has no 'sumary'; did you mean 'summary'"]),
    ("summary: x\nsummary: y\nsteps: [typo.omit]", ["r.yaml:2: 'summary' is given twice"]),
    ("summary: x\nsteps: typo.omit", ["r.yaml:2: steps is a list of steps (- typo.omit), not 'typo.omit'"]),
    ("summary: x\nsteps:", ["r.yaml:2: steps is a list of steps (- typo.omit), not nothing"]),
    ("summary: x\nsteps: []", ["r.yaml:2: steps is empty"]),
    ("summary: x\nsteps: [", ["not YAML"]),
    ("summary: x\nsteps:\n\t- a", ["r.yaml:3: not YAML"]),
    ("summary: x\nfor: {}\nsteps: [typo.omit]", ["r.yaml:2: for is empty; give words (at most), kind, or both"]),
    ("summary: x\nfor: 40\nsteps: [typo.omit]", ["r.yaml:2: for is a mapping of words, kind, not '40'"]),
    ("summary: x\nfor: {words: 0}\nsteps: [typo.omit]", ["r.yaml:2: for: words must be a number of 1 or more, not 0"]),
    ("summary: x\nfor: {words: 4.5}\nsteps: [typo.omit]", ["for: words must be a whole number, not 4.5"]),
    ("summary: x\nfor: {kind: sayble}\nsteps: [typo.omit]",
     ["r.yaml:2: for: kind is one of message, sayable, own, not 'sayble'; did you mean 'sayable'?"]),
    (HEAD + "- typo.nieghbor", ["r.yaml:3: no transform named 'typo.nieghbor'; did you mean 'typo.neighbor'?"]),
    (HEAD + "- tpyo", ["no transform named 'tpyo'; did you mean 'typo'?"]),
    (HEAD + "- typo.omit: {raet: 0.1}", ["r.yaml:3: no parameter of typo.omit named 'raet'; did you mean 'rate'?"]),
    (HEAD + "- typo: {raet: 0.1}", ["r.yaml:3: no parameter of typo named 'raet'; did you mean 'rate'?"]),
    (HEAD + "- typo.omit: 0.1", ["r.yaml:3: typo.omit is parameters: {param: value}, not '0.1'"]),
    (HEAD + "- typo.omit: {rate: 2}", ["r.yaml:3: typo.omit: rate must be a number from 0 to 1, not 2"]),
    (HEAD + "- typo.omit: {rate: -0.1}", ["must be a number from 0 to 1, not -0.1"]),
    (HEAD + "- typo: {rate: 2}", ["r.yaml:3: typo: rate must be a number from 0 to 1, not 2"]),
    (HEAD + "- typo.omit: {rate: 0.1, times: 1}", ["give rate (edits per word) or times (edits per text), not both"]),
    (HEAD + "- typo.omit: {rate: 0.1, rate: 0.2}", ["r.yaml:3: 'rate' is given twice"]),
    (HEAD + "- typo.omit: {p: .nan}", ["p must be a number from 0 to 1, not .nan"]),
    (HEAD + "- typo.omit: {times: .inf}", ["times must be a number of 0 or more, not .inf"]),
    (HEAD + "- typo.omit: {times: 1e999}", ["times must be a number of 0 or more"]),
    (HEAD + "- typo.omit: {longer_than: no}", ["r.yaml:3: typo.omit: longer_than must be int, not False"]),
    (HEAD + "- typo.omit: {longer_than: 4.5}", ["longer_than must be int, not 4.5"]),
    (HEAD + "- typo.omit: {longer_than: 12:30}", ["longer_than must be int, not 12:30"]),
    (HEAD + "- typo.omit: {longer_than: 0x1F}", ["longer_than must be int, not 0x1F"]),
    (HEAD + "- typo.omit: {rate: 12:30}", ["rate must be a number from 0 to 1, not 12:30"]),
    (HEAD + "- typo.omit: {rate: no}", ["rate must be a number from 0 to 1, not False"]),
    (HEAD + "- typo.omit: {must: 1}", ["r.yaml:3: typo.omit: must must be bool, not 1"]),
    (HEAD + "- typo: {must: true}", ["r.yaml:3: no parameter of typo named 'must'"]),
    (HEAD + "- typo.omit: {rate: }", ["rate must be a number from 0 to 1, not nothing"]),
    (HEAD + "- typo.omit: {rate: [1]}", ["rate must be a number from 0 to 1, not a list"]),
    (HEAD + "- typo.neighbor: {keyboard: no}", ["keyboard must be str, not False"]),
    (HEAD + "- typo.neighbor: {keyboard: 5}", ["keyboard must be str, not 5"]),
    (HEAD + "- typo.neighbor: {keyboard: qwert}", ["typo.neighbor: no table 'qwert' for keyboards"]),
    (HEAD + "- typo.omit: {weight: 2}", ["weight is for the options of a one_of"]),
    (HEAD + "- typo.omit\n  rate: 0.1", ["not YAML"]),
    (HEAD + "- typo.omit:\n  rate: 0.1", ["r.yaml:3: one name a step, found 'typo.omit', 'rate'"]),
    (HEAD + "- {typo.omit: , typo.swap: }", ["one name a step, found 'typo.omit', 'typo.swap'"]),
    (HEAD + "- [typo.omit]", ["a step is NAME or NAME: {…}, not a list"]),
    (HEAD + "- {}", ["one name a step, found none"]),
    (HEAD + "- ", ["no transform named ''"]),
    (HEAD + "- ? [a]\n  : b", ["a step's name is text, not a list"]),
    (HEAD + "- one_of: typo.omit", ["one_of takes a list of steps"]),
    (HEAD + "- one_of: []", ["one_of takes a list of steps"]),
    (HEAD + "- one_of:\n  - typo.omit: {weight: 0}", ["one_of: every weight is 0"]),
    (HEAD + "- one_of:\n  - typo.omit: {weight: -1}\n  - case.lower",
     ["r.yaml:4: typo.omit: weight must be a number of 0 or more"]),
    (HEAD + "- use: hurired", ["r.yaml:3: no recipe named 'hurired'; did you mean 'hurried'?"]),
    (HEAD + "- use:", ["use needs a recipe"]),
    (HEAD + "- use: {intensity: 1}", ["use needs a recipe"]),
    (HEAD + "- use: {recipe: hurried, intensty: 1}", ["use has no 'intensty'; did you mean 'intensity'? it has recipe, intensity, p"]),
    (HEAD + "- use: {recipe: hurried, p: 2}", ["use: p must be a number from 0 to 1, not 2"]),
    (HEAD + "- use: nowhere.yaml", ["nowhere.yaml: No such file"]),
    (HEAD + "- choices.shuffle: {rate: 0.5}", ["an item transform runs once or not"]),
    (HEAD + "- &a typo.omit\n- *a\n- nix",
     ["r.yaml:3: anchors and aliases are not part", "r.yaml:4: anchors and", "r.yaml:5: no transform named 'nix'"]),
    (HEAD + "- &a [*a, typo]", ["r.yaml:3: anchors and aliases are not part"]),
    (HEAD + "-\ttypo:\n\t- x", ["not YAML: a tab"]),
    ("summary: x\nsteps: [typo]\n---\nsummary: y", ["r.yaml:3: not YAML: a second document begins here"]),
    (HEAD + "- cut.tail: {keep: -3}", ["r.yaml:3: cut.tail: keep must be a whole number of 0 or more, not -3"]),
    (HEAD + "- context.trim: {around: -1}", ["context.trim: around must be a whole number of 0 or more, not -1"]),
    (HEAD + "- case.caps: {scope: wrod}", ["case.caps: scope must be all or word, not 'wrod'; did you mean 'word'?"]),
    (HEAD + "- cut.sentence: {first: number}", ["first must be words or numbers, not 'number'"]),
    (HEAD + "- case.shift: {held: 3}", ["case.shift: held must be a number from 0 to 1, not 3"]),
    (HEAD + "- asr.mishear: {wer: 3}", ["r.yaml:3: asr.mishear: wer is 3.0; a share of words from 0 to 1"]),
    (HEAD + "- one_of: []", ["one_of takes a list of steps, or of lists of steps, not an empty list"]),
    (HEAD + "- !!python/object:os.system typo.omit",
     ["r.yaml:3: tags such as 'tag:yaml.org,2002:python/object:os.system'"]),
    (HEAD + "- typo.omit: {rate: !!str 0.1}", ["tags such as 'tag:yaml.org,2002:str'"]),
    ("summary: x\nsteps: !own [typo.omit]", ["r.yaml:2: tags such as '!own'"]),
    (HEAD + "- " + "[" * 40 + "]" * 40, ["nested deeper than 24"]),
    ("summary: " + "x" * 300_000, ["at most 256000 bytes"]),
    ("summary: x\n# \ud800\nsteps: [typo.omit]", ["r.yaml:2: not UTF-8"]),
    ("summary: \x00\nsteps: [typo.omit]", ["r.yaml:1: not YAML"]),
    ("summary: x\nwriter: chat\nsteps: [typo]", ["r.yaml:2: writer is a mapping of severity, style, typist, autocorrect"]),
    ("summary: x\nwriter: {severity: lots}\nsteps: [typo]",
     ["severity is light, normal, heavy, extreme, human or misspelt words per 100"]),
    ("summary: x\nwriter: {severity: 90}\nsteps: [typo]", ["not '90'"]),
    ("summary: x\nwriter: {style: chaty}\nsteps: [typo]",
     ["style is one of formal, chat, sloppy, not 'chaty'; did you mean 'chat'?"]),
    ("summary: x\nwriter: {severity: 1}\nsteps: [typo.omit: {rate: 0.1}]",
     ["r.yaml:3: typo.omit: the writer's severity says how many"]),
    ("summary: x\nwriter: {severity: 1}\nsteps: [typo: {rate: 0.1}]",
     ["r.yaml:3: typo: the writer's severity says how many"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_is_said_with_its_place(text: str, expected: list[str]) -> None:
    found = mistakes(text)
    assert len(found) == len(expected), found
    for part in expected:
        assert any(part in m for m in found), found
    assert all(m.startswith("r.yaml:") or "nowhere" in m for m in found)


def test_all_mistakes_are_said_at_once() -> None:
    found = mistakes(
        "summary: x\nsteps:\n- typo.omti\n- case.lower: {p: 3}\n- use: nix\n- one_of: [tpyo.swap]\nextra: 1"
    )
    assert [m.split(":")[1] for m in found] == ["3", "4", "5", "6", "7"]


def test_a_file_says_its_own_name(tmp_path: Path) -> None:
    for name, data, message in [
        ("a.yaml", b"\xff", "a.yaml:1: not UTF-8 (byte 0xff)"),
        ("b.yaml", b"\xef\xbb\xbfsummary: x\nsteps: [typo.omti]", "b.yaml:2: no transform"),
        ("c.yaml", b"summary: x\r\nsteps:\r\n- nix", "c.yaml:3: no transform"),
    ]:  # fmt: skip
        (tmp_path / name).write_bytes(data)
        with pytest.raises(RecipeError) as caught:
            load_recipe(str(tmp_path / name))
        assert message in str(caught.value)
    with pytest.raises(UsageError, match="is a directory"):
        load_recipe(_directory(tmp_path))


def _directory(folder: Path) -> str:
    (folder / "d.yaml").mkdir()
    return str(folder / "d.yaml")


def test_cycles_are_mistakes(tmp_path: Path) -> None:
    for name, used in [("one", "one"), ("a", "b"), ("b", "c"), ("c", "a")]:
        (tmp_path / f"{name}.yaml").write_text(f"summary: x\nsteps:\n- use: {used}.yaml\n")
    with pytest.raises(RecipeError, match=r"one\.yaml:3: this recipe uses itself: one -> one"):
        load_recipe(str(tmp_path / "one.yaml"))
    with pytest.raises(RecipeError, match=r"c\.yaml:3: this recipe uses itself: a -> b -> c -> a"):
        load_recipe(str(tmp_path / "a.yaml"))


def test_two_recipes_of_one_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "x.yaml").write_text("summary: x\nsteps: [typo.omit]")
    (tmp_path / "sub" / "x.yaml").write_text("summary: x\nsteps: [typo.swap]")
    (tmp_path / "hurried.yaml").write_text("summary: x\nsteps: [use: hurried]")
    (tmp_path / "both.yaml").write_text("summary: x\nsteps:\n- use: x.yaml\n- use: sub/x.yaml")
    with pytest.raises(RecipeError, match=r"both\.yaml:4: two different recipes are named 'x'"):
        load_recipe(str(tmp_path / "both.yaml"))
    with pytest.raises(RecipeError, match="has the name of the one it uses, 'hurried'"):
        load_recipe(str(tmp_path / "hurried.yaml"))
    with pytest.raises(UsageError, match="two different recipes are named 'x'"):
        load_recipe(f"{tmp_path / 'x.yaml'}+{tmp_path / 'sub' / 'x.yaml'}")


def test_a_used_recipes_mistakes_name_its_file(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("summary: x\nsteps:\n- nix\n- nux")
    (tmp_path / "user.yaml").write_text("summary: x\nsteps:\n- use: bad.yaml\n- nox")
    with pytest.raises(RecipeError) as caught:
        load_recipe(str(tmp_path / "user.yaml"))
    assert [Path(m.split(":")[0]).name for m in caught.value.mistakes] == ["user.yaml", "bad.yaml", "bad.yaml"]


@pytest.mark.parametrize(
    "name", ["9" * 400, "9" * 400 + ".yaml", "a" * 5000 + "+b", "x\0.yaml", "\ud800.yaml", "a+" * 3000]
)
def test_names_that_no_file_can_have(name: str) -> None:
    with pytest.raises(UsageError):
        load_recipe(name)
    if "\ud800" not in name:
        assert mistakes(f"summary: x\nsteps:\n  - use: {json.dumps(name)}\n")[0].startswith("r.yaml:3: ")


@pytest.mark.parametrize("digits", [400, 5000])
def test_numbers_without_end(digits: int) -> None:
    assert "must be int" in mistakes(HEAD + f"- typo.omit: {{longer_than: {'9' * digits}}}")[0]
    assert "recipe named" in mistakes(HEAD + f"- use: {'9' * digits}")[0]


def test_a_page_without_width() -> None:
    assert "ocr.lines: width is -1; at least 12" in mistakes(HEAD + "- ocr.lines: {width: -1}")[0]


@pytest.mark.parametrize(
    "step", ["greeting.open", "greeting.close", "filler.word", "hedge.open", "hedge.word", "slang.tag"]
)
def test_a_register_that_is_none_is_a_mistake_of_the_recipe(step: str) -> None:
    with pytest.raises(
        RecipeError, match=rf":2: {step}: register must be one of customer, chat, sms, social, not 'cat'; did you"
    ):
        parse_recipe(f"summary: x\nsteps: [{{{step}: {{register: cat}}}}]\n")


@pytest.mark.parametrize("name", ["a\\0b", "a\\0b.tsv"])
def test_a_table_s_name_with_a_zero_in_it_is_a_mistake(name: str) -> None:
    with pytest.raises(RecipeError, match=r":2: vague\.word: no file can be called"):
        parse_recipe(f'summary: x\nsteps: [vague.word: {{words: "{name}"}}]\n')
