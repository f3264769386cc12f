from pathlib import Path

import pytest
from pydantic import ValidationError

from ingest.settings import BUILT_IN_MODEL, EmbeddingSettings, IngestSettings, SplittingSettings


def test_the_defaults_need_no_file_and_name_the_built_in_model() -> None:
    settings = IngestSettings()
    assert settings.embedding.model == BUILT_IN_MODEL
    assert settings.embedding.cache_dir is None
    assert settings.splitting.sentence_characters <= settings.splitting.passage_characters
    assert settings.kept_versions >= 2


@pytest.mark.parametrize(
    ("section", "values"),
    [
        (IngestSettings, {"kept_versions": 1}),
        (IngestSettings, {"kept_versions": 101}),
        (IngestSettings, {"kept_versions": "many"}),
        (IngestSettings, {"kept_version": 5}),
        (IngestSettings, {"splitting": {"passage_length": 500}}),
        (SplittingSettings, {"passage_characters": 199}),
        (SplittingSettings, {"passage_characters": 1501}),
        (SplittingSettings, {"sentence_characters": 199}),
        (SplittingSettings, {"sentence_characters": 1501}),
        (EmbeddingSettings, {"batch_size": 0}),
        (EmbeddingSettings, {"batch_size": 1025}),
        (EmbeddingSettings, {"dtype": "int4"}),
        (EmbeddingSettings, {"model": ""}),
    ],
)
def test_values_out_of_range_and_unknown_keys_are_refused(
    section: type[IngestSettings], values: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        section.model_validate(values)


@pytest.mark.parametrize(
    ("section", "values"),
    [
        (IngestSettings, {"kept_versions": 2}),
        (SplittingSettings, {"passage_characters": 200, "sentence_characters": 1500}),
        (EmbeddingSettings, {"batch_size": 1024, "dtype": "bfloat16", "query_prompt": ""}),
    ],
)
def test_values_at_the_ends_of_their_range_are_taken(
    section: type[IngestSettings], values: dict[str, object]
) -> None:
    assert section.model_validate(values).model_dump(exclude_unset=True) == values


def test_a_path_may_be_given_as_text() -> None:
    assert EmbeddingSettings.model_validate({"cache_dir": "kho"}).cache_dir == Path("kho")


def test_settings_do_not_change_once_made() -> None:
    with pytest.raises(ValidationError):
        IngestSettings().kept_versions = 7


@pytest.mark.parametrize("section", [IngestSettings, EmbeddingSettings, SplittingSettings])
def test_every_value_is_described(section: type[IngestSettings]) -> None:
    sections = {"embedding", "splitting"}
    fields = section.model_fields.items()
    assert all(field.description for name, field in fields if name not in sections)
