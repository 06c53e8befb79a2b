from pathlib import Path

import pytest

from prompts.loader import BadPrompt, load_prompt


def write(folder: Path, text: str) -> Path:
    (folder / "greeting.txt").write_text(text, encoding="utf-8")
    return folder


def test_every_placeholder_is_replaced_and_what_is_filled_in_is_never_expanded(tmp_path: Path) -> None:
    prompt = load_prompt("greeting", {"name"}, folder=write(tmp_path, "Dear $name, it costs $$5."))
    assert prompt.fill({"name": "$name ${name}"}) == "Dear $name ${name}, it costs $5."


def test_missing_and_unknown_values_are_named_at_once(tmp_path: Path) -> None:
    prompt = load_prompt("greeting", {"a", "b"}, folder=write(tmp_path, "$a $b"))
    with pytest.raises(BadPrompt, match="missing a, b; unknown c; its placeholders are a, b"):
        prompt.fill({"c": "x"})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("costs $5", "begins no placeholder"),
        ("Dear $nmae", "missing nmae; unknown name"),
        ("Dear", "unknown name"),
    ],
)
def test_a_prompt_that_does_not_fit_its_user_is_refused_when_loaded(
    tmp_path: Path, text: str, fault: str
) -> None:
    with pytest.raises(BadPrompt, match=fault):
        load_prompt("greeting", {"name"}, folder=write(tmp_path, text))


def test_a_prompt_that_is_not_there_is_named_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(BadPrompt, match=r"no readable file .*nothing\.txt"):
        load_prompt("nothing", set(), folder=tmp_path)


def test_the_version_changes_with_the_wording_only(tmp_path: Path) -> None:
    first = load_prompt("greeting", {"name"}, folder=write(tmp_path, "Dear $name"))
    again = load_prompt("greeting", {"name"}, folder=tmp_path)
    other = load_prompt("greeting", {"name"}, folder=write(tmp_path, "Dear $name!"))
    assert first.version == again.version != other.version
