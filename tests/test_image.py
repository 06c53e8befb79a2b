"""The Dockerfile's steps in a clean root of Debian, by chroot: what they make answers, without rights."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from dockerfile import carry_out, stages, values

NEEDED = ("debootstrap", "chroot", "unshare", "ip")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(bool(MISSING) or os.geteuid() != 0, reason=f"needs root and {', '.join(NEEDED)}"),
]
# What python:3.12-slim-bookworm has of Debian's, with Debian's own Python in place of its own.
BASE = ("python3", "python3-venv", "ca-certificates", "libstdc++6")


def test_the_image_adds_serves_and_is_healthy(tmp_path: Path, figure: Callable[[str], None]) -> None:
    built, image = tmp_path / "built", tmp_path / "image"
    alone = [
        "unshare",
        "--mount",
        "--propagation=private",
    ]  # what it mounts is gone when it ends, or is killed
    command = [
        *alone,
        "debootstrap",
        "--variant=minbase",
        f"--include={','.join(BASE)}",
        "bookworm",
        str(built),
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (built / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    # With its devices as devices: read as files, one of them never ends.
    subprocess.run(["cp", "--archive", "--one-file-system", str(built), str(image)], check=True)
    outside = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    _lend(built, ["/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf"])
    build, final = stages()
    carry_out(build, built, others={}, outside=outside)
    environment = carry_out(final, image, others={"build": built}, outside={})
    (image / "articles").mkdir()
    (image / "articles/one.md").write_text(
        "---\ntitle: Tides\n---\nThe tide rose by nine metres at Westport.\n"
    )
    script = tmp_path / "run.sh"
    user, entry = values("USER")[0], json.loads(values("ENTRYPOINT")[0])
    inside = f"chroot --userspec={user}:{user} {image}"
    check = json.loads(values("HEALTHCHECK")[0].partition("CMD ")[2])
    script.write_text(
        f"set -e; ip link set lo up; mount -t proc proc {image}/proc; cd {image}\n"
        f"{inside} {shlex.join([*entry, 'add', '/articles'])}\n"
        f"{inside} {shlex.join([*entry, *json.loads(values('CMD')[0])])} & server=$!\n"
        f"for n in $(seq 60); do sleep 1; {inside} {shlex.join(check)} 2>&1 && healthy=yes && break; done\n"
        f"{inside} {shlex.join([*entry, 'ask', 'How far did the tide rise at Westport?'])} || test $? -eq 1\n"
        "kill $server; wait $server; test $healthy\n"
    )
    run = [*alone, "--net", "--pid", "--fork", "--kill-child", "sh", str(script)]
    environment["PATH"] += ":/usr/sbin:/sbin"  # for what is run outside of the image
    done = subprocess.run(run, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nine metres" in done.stdout
    size = int(subprocess.check_output(["du", "-sm", str(image / "opt")], text=True).split()[0])
    figure(f"the image adds {size} MB to its base")


def _lend(root: Path, names: list[str]) -> None:
    """What a container is lent, or pip is set up with here."""
    for name in names:
        if Path(name).exists():
            (root / name.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(name, root / name.lstrip("/"))
