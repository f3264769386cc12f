"""Text -> its tokens as written and folded, with their places: what phrases are looked for in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.text import fold, has_marks, index_form, tokens, words

Form = tuple[str, ...]
_CACHED_VIEWS = 1 << 14


@dataclass(frozen=True, slots=True)
class TokenView:
    """The tokens of a text; `marks_known` is false where it was typed without any mark.

    `words` are the words as typed, `owners` the word that each token belongs to: a legal document
    number is a token, and so is each of its parts.
    """

    words: tuple[str, ...]
    owners: tuple[int, ...]
    marked: Form
    folded: Form
    at: Mapping[str, tuple[int, ...]]
    marks_known: bool

    @classmethod
    def of(cls, text: str, *, guessed: bool = False) -> "TokenView":
        """Return the view of a text; `guessed` marks are no better known than none."""
        return _view(text, guessed)

    def is_part(self, position: int) -> bool:
        """Tell whether a token is only a part of a word, such as a document number's issuer."""
        return position > 0 and self.owners[position - 1] == self.owners[position]

    def in_capitals(self, position: int) -> bool:
        """Tell whether the word of a token is written in capitals."""
        return self.words[self.owners[position]].isupper()


@lru_cache(maxsize=_CACHED_VIEWS)
def _view(text: str, guessed: bool) -> TokenView:
    typed = tuple(words(text))
    pairs = [(owner, token) for owner, word in enumerate(typed) for token in _tokens_of(word)]
    marked = tuple(token for _, token in pairs)
    folded = tuple(map(folded_token, marked))
    at: dict[str, tuple[int, ...]] = {}
    for position, token in enumerate(folded):
        at[token] = (*at.get(token, ()), position)
    owners = tuple(owner for owner, _ in pairs)
    return TokenView(typed, owners, marked, folded, at, has_marks(text) and not guessed)


def _tokens_of(word: str) -> list[str]:
    return tokens(word) if word[0].isdigit() and not word.isdigit() else [index_form(word)]


@lru_cache(maxsize=1 << 15)
def folded_token(token: str) -> str:
    """Return a token without its marks."""
    return fold(token)
