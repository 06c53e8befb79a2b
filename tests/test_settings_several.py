from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import described, load_settings
from index.errors import BadSetting


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("https://desk.example", ("https://desk.example",)),
        ("https://desk.example, https://b.example", ("https://desk.example", "https://b.example")),
        ('["https://desk.example"]', ("https://desk.example",)),
        ("", ()),
    ],
)
def test_a_variable_may_hold_several_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, values: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATELINE_HTTP__CORS_ORIGINS", text)
    monkeypatch.setenv("DATELINE_HTTP__EXAMPLES", "Who came, and when?")
    found = load_settings({"home": tmp_path}).http
    assert found.cors_origins == values
    assert found.examples == ("Who came, and when?",)


def test_a_list_that_is_none_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HTTP__TRUSTED_PROXIES", '["10.0.0.1"')
    with pytest.raises(BadSetting, match=r"setting 'http\.trusted_proxies' is"):
        load_settings({"home": tmp_path})


def test_the_settings_file_holds_lists_as_before(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('[http]\ncors_origins = ["https://desk.example"]\n')
    assert load_settings({"home": tmp_path}).http.cors_origins == ("https://desk.example",)


def test_what_is_fixed_or_unknown_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HTTP__PING", "3")
    (tmp_path / "settings.toml").write_text("hitz = 9\nllm.retries = 3\n")
    with pytest.raises(BadSetting) as refused:
        load_settings({"home": tmp_path})
    for name in ("http.ping", "llm.retries", "hitz"):
        assert f"'{name}' is no setting" in str(refused.value)


def test_every_setting_says_what_it_is_in_a_line() -> None:
    assert all(len(name) < 30 and len(sentence.split()) >= 3 for name, sentence in described().items())


@pytest.mark.parametrize("content", [b"hits = ", b"\0\0\0\0", b"hits = 12\nhits = 12\n", b'outlet = "\xff"'])
def test_a_settings_file_that_is_no_toml_is_named_with_what_is_wrong(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(BadSetting, match=r"settings\.toml: .+, expected TOML such as hits = 12"):
        load_settings({"home": tmp_path})
