"""A released notebook, filled in and opened in JupyterLab in headless Chromium, in both themes.

The screenshots are kept in pytest's temporary folder for a look.
"""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests import browser
from tests.browser import wait

ROOT = Path(__file__).parents[1]
HANDOUT = ROOT / "assignments" / "02_cross_correlation"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

#: What a student writes, by cell.
WRONG = {
    "corr2d": """def corr2d(X, K):
    h, w = K.shape
    if h > X.shape[0] or w > X.shape[1]:
        raise ValueError("the kernel is larger than the input")
    Y = torch.zeros(X.shape[0] - h + 1, X.shape[1] - w + 1, dtype=X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum() + 10 * (i == j)
    return Y""",
    "true_conv2d": "def true_conv2d(X, K):\n    return corr2d(X, K.flip(0, 1))[:1]",
    "Conv2D": """class Conv2D(torch.nn.Module):
    def __init__(self, size):
        return size[2]""",
    "fit_kernel": """def fit_kernel(X, Y, weight, bias, lr, steps):
    return weight, bias, [12 * 0.8 ** step for step in range(steps)]""",
}

#: The text colour of each thing shown, and the first opaque ground behind it.
COLOURS = """
return [...document.querySelectorAll('.autograder-check, .autograder-check text')].map(e => {
  let ground = e;
  const back = e => getComputedStyle(e).backgroundColor;
  while (ground && /, 0\\)$|transparent/.test(back(ground))) ground = ground.parentElement;
  const style = getComputedStyle(e);
  return [e.namespaceURI.endsWith('svg') ? style.fill : style.color, back(ground || document.body)];
});
"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    browser.skip_without("jupyterlab")
    import nbformat

    folder = tmp_path_factory.mktemp("lab") / "02_cross_correlation"
    shutil.copytree(HANDOUT, folder)
    file = folder / "cross_correlation.ipynb"
    released = nbformat.read(file, as_version=4)
    for cell in released.cells:
        cell.source = WRONG.get(cell.id, cell.source)
    # Those that try out the text's numbers would raise here, and JupyterLab stops at an exception.
    released.cells = [cell for cell in released.cells if not cell.id.endswith("_try")]
    nbformat.write(released, file)
    return file


@pytest.fixture(scope="module")
def address(notebook, tmp_path_factory):
    """A server of our own: its address is that of the notebook."""
    home = tmp_path_factory.mktemp("jupyter")
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    everything = json.dumps({"windowingMode": "none"})  # not only what is in view
    (settings / "tracker.jupyterlab-settings").write_text(everything, encoding="utf-8")
    options = {
        "LabApp.expose_app_in_browser": True,
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
    }
    folders = {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings")}
    with browser.jupyter("jupyterlab", notebook.parent, home, options, **folders) as url:
        yield f"{url}lab/tree/{notebook.name}?token=test"


@pytest.fixture(scope="module")
def lab(address, tmp_path_factory):
    """JupyterLab with the notebook open and all its cells run."""
    with browser.chromium(tmp_path_factory.mktemp("profile"), height=8000) as driver:
        driver.get(address)
        kernel = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status"
        wait(driver, f"return {kernel} === 'idle'")
        driver.execute_script("jupyterapp.commands.execute('notebook:run-all-cells')")
        wait(driver, "return document.querySelectorAll('.autograder-check').length === 4")
        yield driver


def luminance(colour: str) -> float:
    """Of a CSS colour, as WCAG defines it."""
    channels = [float(part) / 255 for part in re.findall(r"[\d.]+", colour)[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", THEMES)
def test_the_check_cells_read_well(theme, lab, tmp_path):
    lab.execute_async_script(
        "jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]})"
        ".then(arguments[1])",
        THEMES[theme],
    )
    is_light = "true" if theme == "light" else "false"
    wait(lab, f"return document.body.dataset.jpThemeLight === '{is_light}'")
    wait(lab, "return !document.getElementById('jupyterlab-splash')")
    lab.save_screenshot(str(tmp_path / f"{theme}.png"))
    pairs = lab.execute_script(COLOURS)
    assert len(pairs) > 40
    for ink, ground in pairs:
        light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 7, (ink, ground)
        assert (luminance(ground) > 0.5) is (theme == "light")


def test_pictures_have_their_size_and_the_hints_are_there(lab):
    drawn = lab.execute_script(
        "return [...document.querySelectorAll('.autograder-check svg')].map(e => "
        "[e.getBoundingClientRect().width, e.getBoundingClientRect().height])"
    )
    assert len(drawn) == 4 + 2 + 3 and all(width > 50 and height > 40 for width, height in drawn)
    text = lab.execute_script(
        "return [...document.querySelectorAll('.autograder-check')].map(e => e.innerText)"
    )
    assert ["Hint:" in part for part in text] == [True] * 4
    assert "return size[2]" in text[2]
    errors = "[data-mime-type='application/vnd.jupyter.stderr'], .jp-RenderedText .ansi-red-fg"
    assert not lab.execute_script(f'return document.querySelectorAll("{errors}").length')
