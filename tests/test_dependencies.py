"""What Dateline is built upon: pinned within what pyproject.toml admits, and written as an SBOM."""

from __future__ import annotations

import json
from email.message import Message
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from eval.promises.dependencies import (
    UNKNOWN,
    Dependency,
    declared,
    dependencies,
    faults_of,
    licence_of,
    load_pins,
    pins_text,
    sbom,
)
from eval.promises.locking import load_lock, lock_text, unlocked

CLICK = Dependency("click", "8.2.1", "BSD-3-Clause", ())


def test_every_requirement_is_pinned_to_a_version_that_it_admits() -> None:
    pins = load_pins()
    unlike = [one for one in declared() if not one.specifier.contains(pins[canonicalize_name(one.name)])]
    assert unlike == []


def test_what_is_needed_by_what_is_needed_is_found_and_what_is_not_there_is_named() -> None:
    found, missing = dependencies([Requirement("httpx"), Requirement("no-such-library>=1")])
    needs = {one.name: one.needs for one in found}
    assert "httpcore" in needs["httpx"] and "h11" in needs["httpcore"]
    assert missing == ("no-such-library",)


def test_an_sbom_names_every_part_once_and_points_at_nothing_else() -> None:
    found, _ = dependencies([Requirement("fastapi")])
    made = json.loads(json.dumps(sbom(found, "0.1")))
    refs = [one["bom-ref"] for one in made["components"]]
    assert len(refs) == len(set(refs)) == len(found) > 3
    assert {ref for edge in made["dependencies"][1:] for ref in edge["dependsOn"]} <= set(refs)
    assert [edge["ref"] for edge in made["dependencies"][1:]] == refs
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")


def test_pins_come_back_and_what_does_not_fit_them_is_named(tmp_path: Path) -> None:
    (tmp_path / "pins").write_text(pins_text([CLICK]))
    pins = load_pins(tmp_path / "pins")
    assert faults_of([CLICK], [], pins) == []
    newer = Dependency("click", "9.0", UNKNOWN, ())
    assert faults_of([newer], ["gone"], pins) == [
        "gone: is not installed",
        "click: pinned to 8.2.1, expected 9.0 as installed",
        "click: states no licence",
    ]


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ([("License-Expression", "MIT"), ("License", "other")], "MIT"),
        ([("Classifier", "License :: OSI Approved :: MIT License"), ("License", "other")], "MIT License"),
        ([("Classifier", "License :: OSI Approved"), ("License", "BSD\nand its text")], "BSD"),
        ([], UNKNOWN),
    ],
)
def test_a_licence_is_read_from_wherever_it_is_stated(fields: list[tuple[str, str]], licence: str) -> None:
    class Stated(Distribution):
        @property
        def metadata(self) -> Message:  # type: ignore[override]
            told = Message()
            for name, value in fields:
                told[name] = value
            return told

        def read_text(self, filename: str) -> None:
            return None

        def locate_file(self, path: object) -> Path:  # type: ignore[override]
            return Path()

    assert licence_of(Stated()) == licence


def test_a_lock_names_each_pin_with_the_hash_of_its_file() -> None:
    report = {
        "install": [
            {
                "metadata": {"name": "Click", "version": "8.2.1"},
                "download_info": {"archive_info": {"hashes": {"sha256": "a" * 64}}},
            }
        ]
    }
    assert lock_text(report, {"click": "8.2.1"}).endswith(f"\nclick==8.2.1 --hash=sha256:{'a' * 64}\n")
    assert unlocked({"click": "8.2.1", "rich": "14"}, {"click": ("8.2", "a"), "gone": ("1", "b")}) == [
        "click: locked to 8.2, expected 8.2.1",
        "rich: locked to nothing, expected 14",
        "gone: is locked, but not pinned",
    ]


def test_the_lock_of_this_checkout_holds_all_that_is_pinned() -> None:
    assert unlocked(load_pins(), load_lock()) == []
