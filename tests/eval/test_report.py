"""The page for people: what it shows, and that nothing of others gets in as markup."""

import re

from eval.aggregates import summary
from eval.cases import Case
from eval.generated import GeneratedAnswer
from eval.report import report_html
from tests.eval.test_scoring import answer, case, refusal, score

SETTINGS = {"corpus": "corpus", "documents": 5, "library_version": "v7"}


def page(*pairs: tuple[Case, GeneratedAnswer], **more: object) -> str:
    scores = [score(*pair) for pair in pairs]
    answers = {case_.id: answer_ for case_, answer_ in pairs}
    cases = [case_ for case_, _ in pairs]
    return report_html(cases, answers, scores, {**summary(scores), **more}, SETTINGS)


def test_each_category_has_its_share_and_interval() -> None:
    text = page((case(id="a"), answer()), (case(id="b", category="list"), refusal()))
    assert "1 of 2 cases answered correctly" in text
    row = re.search(r"<tr><td>list</td>.*?</tr>", text)
    assert row
    assert "0/1" in row.group()
    assert "0.00–0.79" in row.group()
    assert "library v7" in text


def test_a_failure_shows_question_expected_got_and_evidence() -> None:
    asked = {"question": "Vinh đạt mấy?", "evidence": ["Vinh đạt 40%."], "gold": [["40%"]]}
    history = [{"role": "user", "content": "Câu trước."}]
    text = page((case(**asked, short_gold=[["40"]], history=history), answer()))
    (article,) = re.findall(r"<article.*?</article>", text, re.DOTALL)
    for shown in (
        "wrong: lacks 40%; short answer",
        "user: Câu trước.",
        "Vinh đạt mấy?",
        "answered or premise_corrected · 40% · short: 40",
        "answered: Tài liệu ghi",
        "Vinh đạt 40%.",
        "[1] Huế đạt 30% vào năm 2025.",
    ):
        assert shown in article


def test_a_case_that_is_wholly_right_is_not_shown() -> None:
    text = page((case(), answer()))
    assert "Not wholly right (0)" in text
    assert "<article" not in text


def test_a_case_without_an_answer_is_a_failure() -> None:
    scores = [score(case(), refusal())]
    assert "no answer" in report_html([case()], {}, scores, summary(scores), {})


def test_texts_of_others_are_escaped() -> None:
    evil = '<script>alert("x")</script>&{share}'
    asked = case(id='a" onload="x', category=evil, question=evil, evidence=[evil])
    text = page((asked, answer(outcome="failed", answer=evil, short_answer=evil)))
    assert "<script" not in text
    assert 'onload="x' not in text
    assert "&lt;script&gt;" in text
    assert "&amp;{share}" in text


def test_the_page_needs_nothing_else_and_follows_light_and_dark() -> None:
    text = page((case(), answer()))
    assert not re.search(r"(?:src|href)=|@import|url\(", text)
    assert "prefers-color-scheme: dark" in text


def test_robustness_is_shown_where_it_was_measured() -> None:
    counts = {"outcome": [3, 4], "facts": [1, 2], "correct": [2, 4]}
    assert "typed otherwise" not in page((case(), answer()))
    text = page((case(), answer()), robustness={"nfd": {"counts": counts}})
    assert re.search(r"<td>nfd</td><td[^>]*>3/4</td><td[^>]*>1/2</td><td[^>]*>2/4</td>", text)
