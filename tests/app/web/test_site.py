"""The frame of pages that the server renders, and the colours that it names again."""

import re

import pytest
from markupsafe import Markup

from app.web.shell import STATIC
from app.web.site import POLICY, Site, SitePage, render_page
from app.web.strings import load_strings
from app.web.theme import build_theme
from tests.app.web.doubles import EVIL

VARIABLE = re.compile(r"(--[a-z-]+):\s*([^;]+);")
PAGE_CSS = (STATIC / "page.css").read_text("utf-8")
SITE_CSS = (STATIC / "site.css").read_text("utf-8")


def variables(css: str, start: str) -> dict[str, str]:
    block = css[css.index(start) :]
    return dict(VARIABLE.findall(block[: block.index("}")]))


def hex_of(value: str) -> str:
    short = re.fullmatch(r"#(.)(.)(.)", value)
    return "#" + "".join(letter * 2 for letter in short.groups()) if short else value


def theme_value(name: str) -> str:
    theme = build_theme()
    value = str(getattr(theme, name))
    while value.startswith("*"):
        value = str(getattr(theme, value[1:]))
    return {"white": "#ffffff"}.get(value, value)


@pytest.mark.parametrize("ending", ["", "_dark"])
def test_colours_of_gradios_theme_are_the_same_without_gradio(ending: str) -> None:
    start = "@media screen and (prefers-color-scheme: dark)" if ending else ":root"
    css = SITE_CSS[SITE_CSS.index(start) :]
    named = variables(css, ":root")
    shared = [name for name in named if hasattr(build_theme(), f"{name[2:].replace('-', '_')}")]
    assert len(shared) >= 10
    for name in shared:
        assert hex_of(named[name]) == theme_value(f"{name[2:].replace('-', '_')}{ending}"), name


def test_no_colour_is_named_in_both_sheets() -> None:
    page, site = (set(re.findall(r"^ +(--[a-z-]+):", css, re.M)) for css in (PAGE_CSS, SITE_CSS))
    assert len(page) > 10
    assert page.isdisjoint(site)


def test_a_page_has_no_script_and_no_inline_style() -> None:
    site = Site(load_strings("vi"), contact=EVIL, root="../")
    html = render_page(SitePage(EVIL, EVIL, Markup("<p>Nội dung</p>")), site)
    assert "<script" not in html
    assert "style=" not in html
    assert 'lang="vi"' in html
    assert '<main class="content" id="noi-dung"' in html
    assert html.count("../hoidap/") == 4


def test_the_policy_lets_nothing_run() -> None:
    assert POLICY.startswith("default-src 'none'; style-src 'self'; img-src 'self';")
    assert "script" not in POLICY
    assert "unsafe" not in POLICY


def test_each_page_says_of_its_own_what_becomes_of_what_is_entered() -> None:
    strings = load_strings("vi")
    html = render_page(SitePage("a", "b", Markup("")), Site(strings))
    assert strings.page.no_tracking in html
    assert strings.page.privacy not in html
