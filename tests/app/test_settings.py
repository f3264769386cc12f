"""Settings: defaults in code, a TOML file over them, every fault one sentence."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.errors import AppError
from app.settings import Settings, load_settings


def written(folder: Path, text: str) -> Path:
    path = folder / "hoidap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    settings = load_settings(None)
    assert settings == Settings()
    assert settings.question_limit == 2000
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 7860)
    assert settings.ingest.embedding.model == "built-in"


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'question_limit = 300\ncontact = "Trung tâm hành chính công"\n'
        '[retrieval]\nhits = 3\n[ingest.embedding]\nmodel = "khac"\n',
    )
    settings = load_settings(path)
    assert settings.question_limit == 300
    assert settings.contact == "Trung tâm hành chính công"
    assert settings.retrieval.hits == 3
    assert settings.retrieval.candidates == Settings().retrieval.candidates
    assert settings.ingest.embedding.model == "khac"
    assert settings.web == Settings().web


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("question_limit = 5", "question_limit"),
        ("question_limit = 'nhieu'", "question_limit"),
        ("[web]\nport = 99999", "web.port"),
        ("[retrieval]\ncandidates = 1", "retrieval.candidates"),
        ("[retrieval]\nplace_bonus = -1", "retrieval.place_bonus"),
        ("[deciding]\nscope_likeness = 3.0", "deciding.scope_likeness"),
        ("[deciding]\nfigure_doubt = 21", "deciding.figure_doubt"),
        ("[deciding]\ntext_doubt = -21", "deciding.text_doubt"),
        ("[deciding]\nenglish_allowance = 2", "deciding.english_allowance"),
        ("[deciding]\nfigure_likeness = 0.5", "deciding.figure_likeness"),
        ("[ingest.splitting]\npassage_characters = 10", "ingest.splitting.passage_characters"),
        ("[retrieval]\nhitz = 3", "retrieval.hitz"),
        ("colour = 'red'", "colour"),
        ("question_limit = ", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line_that_names_file_and_key(
    text: str, named: str, tmp_path: Path
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(AppError) as raised:
        load_settings(path)
    message = str(raised.value)
    assert str(path) in message
    assert named in message
    assert "\n" not in message


def test_a_missing_file_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(AppError, match=r"none\.toml cannot be read"):
        load_settings(tmp_path / "none.toml")


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    with pytest.raises(AppError, match="cannot be read"):
        load_settings(tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hoidap.toml"
    path.write_bytes(b"\xff\xfe\x00contact")
    with pytest.raises(AppError, match="is not valid TOML"):
        load_settings(path)


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().question_limit = 100  # type: ignore[misc]
