"""Nonsense is refused with a sentence that names its place; what is only undecided is not nonsense."""

import pytest

from ratings.rules import RatingInput, RatingInputError, Tally, problems_of, rate, read_input
from standards.loader import load

YJ_2024 = load("yj-2024")
COUNTS = dict.fromkeys(("2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.3.1", "2.3.2", "V1.1"), Tally(13, 20))
KNOWN = dict.fromkeys(("2.1", "2.2", "2.3", "V1"), "good")


def problems(counts=None, inspection_type="iyjwcv", **more):
    return problems_of(YJ_2024, RatingInput(inspection_type, COUNTS | (counts or {}), **more))


@pytest.mark.parametrize(
    ("code", "tally", "problem"),
    [
        ("2.1.1", Tally(32, 31), "key_questions.2.1.1: 32 sufficient is more than 31 assessed."),
        ("2.1.1", Tally(-1, 31), "key_questions.2.1.1: sufficient is -1, which is less than 0."),
        ("2.1.1", Tally(0, -1), "key_questions.2.1.1: assessed is -1, which is less than 0."),
        ("2.1.1", Tally(1.5, 31), "key_questions.2.1.1: sufficient is 1.5, which is not a whole number."),
        ("2.1.1", Tally(25.0, 31), "key_questions.2.1.1: sufficient is 25.0, which is not a whole number."),
        ("2.1.1", Tally(True, 31), "key_questions.2.1.1: sufficient is true, which is not a whole number."),
        ("2.1.1", Tally("25", 31), "key_questions.2.1.1: sufficient is '25', which is not a whole number."),
        ("2.1.1", Tally(25, None), "key_questions.2.1.1: assessed is null, which is not a whole number."),
        ("2.1.1", Tally([1], 31), "key_questions.2.1.1: sufficient is a list, which is not a whole number."),
        (
            "2.1.1",
            Tally(10**50, 31),
            f"key_questions.2.1.1: 1{'0' * 36}... sufficient is more than 31 assessed.",
        ),
        ("2.1\n", Tally(1, 2), r"key_questions.'2.1\n': yj-2024 has no key question '2.1\n'."),
        ("2.4.1", Tally(1, 2), "key_questions.2.4.1: yj-2024 has no key question 2.4.1."),
        ("2.1.1a", Tally(1, 2), "key_questions.2.1.1a: yj-2024 has no key question 2.1.1a."),
        ("V1.2", Tally(1, 2), "key_questions.V1.2: V1.2 is answered yes or no by the meeting, so it has no counts."),
    ],
)
def test_counts_that_make_no_sense_are_named(code, tally, problem):
    assert problems({code: tally}) == (problem,)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"answers": {"V1.3": True}}, "answers.V1.3: yj-2024 has no key question V1.3."),
        (
            {"answers": {"2.1.1": True}},
            "answers.2.1.1: 2.1.1 is counted over cases, so the meeting does not answer it.",
        ),
        ({"chosen": {"V1": "good"}}, "chosen.V1: nothing can be chosen before V1.2 is there."),
        (
            {"answers": {"V1.2": False}, "chosen": {"V1": "outstanding"}},
            "chosen.V1: outstanding is not permitted; V1.1 good and V1.2 no allows requires_improvement or good.",
        ),
        (
            {"answers": {"V1.2": True}, "chosen": {"V1": "great"}},
            "chosen.V1: 'great' is not one of inadequate, requires_improvement, good, outstanding.",
        ),
        ({"chosen": {"2.1": "good"}}, "chosen.2.1: 2.1 is rated from its cases, so nothing is chosen."),
        ({"chosen": {"1.1": "good"}}, "chosen.1.1: 1.1 is not rated in an IYJWCV."),
        ({"standard_ratings": {"1.1": "good"}}, "standard_ratings.1.1: 1.1 is not rated in an IYJWCV."),
        ({"standard_ratings": {"3.1": "good"}}, "standard_ratings.3.1: yj-2024 has no standard 3.1."),
        (
            {"standard_ratings": {"2.1": "outstanding"}},
            "standard_ratings.2.1: outstanding does not follow from the counts, which give good.",
        ),
        (
            {"standard_ratings": {"V1": "inadequate"}},
            "standard_ratings.V1: inadequate is not permitted; "
            "V1.1 good allows requires_improvement, good or outstanding.",
        ),
    ],
)
def test_an_answer_a_choice_or_a_rating_that_cannot_be_is_named(more, problem):
    assert problems(**more) == (problem,)


def test_a_choice_differing_from_the_known_rating_is_named():
    assert problems(answers={"V1.2": True}, chosen={"V1": "good"}, standard_ratings={"V1": "outstanding"}) == (
        "chosen.V1: good differs from outstanding in standard_ratings.",
    )


def test_no_choice_stands_on_a_victims_question_without_cases():
    assert problems({"V1.1": Tally(0, 0)}, answers={"V1.2": True}, chosen={"V1": "good"}) == (
        "chosen.V1: nothing can be chosen while V1.1 has no case assessed.",
    )


def test_an_unknown_inspection_type_is_named_before_anything_else():
    assert problems(inspection_type="iyo") == ("inspection_type: 'iyo' is not one of iyjwcv, iyjs, reactive.",)


def test_a_missing_question_is_named_unless_its_standard_has_a_rating():
    without = {code: tally for code, tally in COUNTS.items() if code not in ("2.1.2", "V1.1")}

    assert problems_of(YJ_2024, RatingInput("iyjwcv", without)) == (
        "key_questions.2.1.2 is missing: give sufficient and assessed, or the rating of 2.1 under standard_ratings.",
        "key_questions.V1.1 is missing: give sufficient and assessed, or the rating of V1 under standard_ratings.",
    )
    assert problems_of(YJ_2024, RatingInput("iyjwcv", without, standard_ratings={"2.1": "good", "V1": "good"})) == ()


def test_everything_wrong_is_named_at_once():
    with pytest.raises(RatingInputError) as refused:
        rate(YJ_2024, RatingInput("iyjs", {"2.1.1": Tally(2, 1)}, {"X": True}, {"V1": "good"}))

    assert len(refused.value.problems) == 9


@pytest.mark.parametrize("rating", ["inadequate", "requires_improvement", "good"])
def test_a_known_rating_may_be_as_low_as_a_missing_question_could_make_it(rating):
    one = {"2.1.1": Tally(13, 20)}

    assert problems_of(YJ_2024, RatingInput("iyjwcv", one, standard_ratings=KNOWN | {"2.1": rating})) == ()


@pytest.mark.parametrize(
    ("uncounted", "reason"),
    [
        (("2.1.2",), "2.1.2 has no case assessed"),
        (("2.1.1", "2.1.2"), "2.1.1 and 2.1.2 have no case assessed"),
    ],
)
def test_a_known_rating_does_not_stand_beside_a_question_without_cases(uncounted, reason):
    counts = dict.fromkeys(uncounted, Tally(0, 0))

    assert problems(counts, standard_ratings={"2.1": "outstanding"}) == (
        f"standard_ratings.2.1: outstanding cannot stand; {reason}, so 2.1 is not rated.",
    )


def test_a_known_rating_that_agrees_with_the_counts_is_no_problem():
    assert problems(standard_ratings={"2.1": "good"}, answers={"V1.2": True}, chosen={"V1": "good"}) == ()


def test_what_is_undecided_is_not_nonsense():
    assert problems(dict.fromkeys(COUNTS, Tally(0, 0)), inspection_type="iyjs") == ()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"key_questions": []}, "key_questions: must be a JSON object."),
        ({"key_questions": {"2.1.1": 5}}, "key_questions.2.1.1: must be an object with sufficient and assessed."),
        ({"key_questions": {"2.1.1": {"sufficient": 5}}}, "key_questions.2.1.1: assessed is missing."),
        (
            {"key_questions": {"2.1.1": {"sufficient": 5, "assessed": 6, "of": 7}}},
            "key_questions.2.1.1: there is no count called of.",
        ),
        ({"answers": {"V1.2": True}}, "answers.V1.2: must be yes or no; leave it out while it is undecided."),
        ({"answers": {"V1.2": ["yes"]}}, "answers.V1.2: must be yes or no; leave it out while it is undecided."),
        ({"chosen": {"V1": 2}}, "chosen.V1: must be a rating; leave it out while it is undecided."),
        (
            {"standard_ratings": {"V1": None}},
            "standard_ratings.V1: must be a rating; leave it out while it is undecided.",
        ),
        (
            {"keyquestions": {}},
            "keyquestions: there is no such part; use standards, inspection_type, key_questions, answers, chosen, "
            "standard_ratings, unrated, total.",
        ),
        ({"chosen": {"V\n1": 2}}, r"chosen.'V\n1': must be a rating; leave it out while it is undecided."),
        ({"standards": 2024}, "standards: must be text."),
        ({"inspection_type": None}, "inspection_type: must be text."),
    ],
)
def test_json_of_the_wrong_shape_is_named(raw, problem):
    assert read_input({"standards": "yj-2024", "inspection_type": "iyjwcv"} | raw).problems == (problem,)


def test_missing_keys_are_named():
    assert read_input({}).problems == ("inspection_type: is missing.", "standards: is missing.")


@pytest.mark.parametrize("raw", [[], None, 3, "yj-2024"])
def test_anything_but_an_object_is_refused(raw):
    with pytest.raises(RatingInputError, match="must be one JSON object"):
        read_input(raw)
