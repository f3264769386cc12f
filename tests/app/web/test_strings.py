"""Both languages say the same things, filled in with the same values."""

from collections.abc import Iterator
from string import Formatter

from pydantic import BaseModel

from app.web.strings import load_strings


def fields_of(value: object, path: str = "") -> Iterator[tuple[str, set[str | None]]]:
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from fields_of(inner, f"{path}.{name}")
    elif isinstance(value, str):
        yield path, {name for _, name, _, _ in Formatter().parse(value) if name is not None}


def test_every_text_is_filled_in_with_the_same_values_in_both_languages() -> None:
    vietnamese, english = (dict(fields_of(load_strings(language))) for language in ("vi", "en"))
    assert len(vietnamese) > 150
    assert vietnamese == english
