"""The cases are judged as the story asks."""

from collections import Counter

from config.demo.judgements import Wanted, key_answers, prompt_answer

CASES = [f"C-{number:02d}" for number in range(1, 24)]


def test_as_many_are_sufficient_and_not_applicable_as_wanted():
    found = key_answers("seed", CASES, {"2.1.1": Wanted(15, 1), "2.1.2": Wanted(0, 0)})
    counted = Counter((code, value) for (_, code), value in found.items())
    assert counted == {("2.1.1", "yes"): 15, ("2.1.1", "na"): 1, ("2.1.1", "no"): 7, ("2.1.2", "no"): 23}


def test_the_same_seed_judges_the_same_and_another_differently():
    first, again, other = (key_answers(seed, CASES, {"2.1.1": Wanted(15)}) for seed in ("a", "a", "b"))
    assert (first == again, first == other) == (True, False)


def test_prompts_mostly_agree_with_the_key_question():
    agree = {key: sum(prompt_answer(f"{number}", key) == key for number in range(1000)) for key in ("yes", "no")}
    assert {key: count > 500 for key, count in agree.items()} == {"yes": True, "no": True}
