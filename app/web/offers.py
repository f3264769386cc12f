"""What can be asked next, as buttons: examples, choices, follow-ups, a link to the question."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from app.answers import Answer
from app.language import language_of
from app.web.addresses import question_fragment
from app.web.markup import in_language, join
from app.web.strings import Strings


def render_welcome(examples: Sequence[str], strings: Strings) -> Markup:
    """Return the greeting with example questions; the page hides it once something is asked."""
    offered = Markup('<h3 id="examples-title">{}</h3>{}').format(
        strings.chat.examples_title,
        _question_buttons(examples, "examples", "examples-title", strings),
    )
    return Markup('<section class="welcome"><h2>{}</h2><p>{}</p>{}</section>').format(
        strings.chat.welcome_title, strings.chat.welcome_text, offered if examples else ""
    )


def render_follow_up(
    questions: tuple[str, ...], kind: str, title: str, number: int, strings: Strings
) -> Markup:
    """Return questions to be asked next under a title, or nothing where there are none."""
    if not questions:
        return Markup("")
    title_id = f"{kind}-title-{number}"
    return Markup('<div class="follow-up"><h3 id="{}">{}</h3>{}</div>').format(
        title_id, title, _question_buttons(questions, kind, title_id, strings)
    )


def _question_buttons(
    questions: Iterable[str], kind: str, labelled_by: str, strings: Strings
) -> Markup:
    items = join(
        Markup('<li><button type="button" data-question="{0}"{1}>{0}</button></li>').format(
            question, in_language(language_of(question), strings)
        )
        for question in questions
    )
    return Markup('<ul class="questions {}" aria-labelledby="{}">{}</ul>').format(
        kind, labelled_by, items
    )


def render_share(answer: Answer, number: int, strings: Strings) -> Markup:
    """Return the button that copies a link which asks the question again, alone."""
    question = answer.question if number == 1 else answer.understood
    return Markup(
        '<p class="share"><button type="button" class="copy-link" data-fragment="{}" '
        'data-copied="{}">{}</button></p>'
    ).format(
        question_fragment(question, answer.library_version),
        strings.chat.link_copied,
        strings.chat.copy_link,
    )
