"""A Jupyter server of our own, and headless Chromium to look at it with."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

SECONDS = 90
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


def skip_without(*modules: str) -> None:
    """Skip a test whose browser or modules are missing; in CI it fails."""
    missing = [] if BROWSER else ["chromium"]
    missing += [] if shutil.which("chromedriver") else ["chromedriver"]
    missing += [name for name in (*modules, "selenium") if not importlib.util.find_spec(name)]
    if missing and "CI" not in os.environ:
        pytest.skip(f"missing: {', '.join(missing)}")
    assert not missing, f"missing: {', '.join(missing)}"


@contextmanager
def jupyter(
    module: str, root: Path, home: Path, options: Mapping[str, object], **environment: str
) -> Iterator[str]:
    """The address of a server for ``root`` that keeps its own files in ``home``; token ``test``."""
    folders = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    options = {
        "ServerApp.root_dir": root,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": 0,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": "test",
        **options,
    }
    server = subprocess.Popen(
        [sys.executable, "-m", module, "--no-browser"]
        + [f"--{name}={value}" for name, value in options.items()],
        cwd=root,
        env={**os.environ, **folders, "IPYTHONDIR": str(home), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _server_url(home / "RUNTIME")
    finally:
        server.terminate()
        server.wait()


def _server_url(runtime: Path) -> str:
    for _ in range(10 * SECONDS):
        for file in runtime.glob("jpserver-*.json"):
            return json.loads(file.read_text(encoding="utf-8"))["url"]
        time.sleep(0.1)
    raise AssertionError("the server does not start")


@contextmanager
def chromium(profile: Path, height: int) -> Iterator[Any]:
    """A browser window of this height."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for option in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu"):
        options.add_argument(f"--{option}")
    options.add_argument(f"--user-data-dir={profile}")
    options.add_argument(f"--window-size=1250,{height}")
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        driver.set_script_timeout(SECONDS)
        yield driver
    finally:
        driver.quit()


def wait(driver: Any, condition: str) -> Any:
    """What a script returns, once that is true."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(driver, SECONDS, 0.1).until(lambda d: d.execute_script(condition))
