"""The look of Gradio's own parts; static/page.css draws the rest from the same variables."""

from typing import Any

import gradio

# Names of fonts that systems carry, good at Vietnamese marks: nothing is downloaded.
SYSTEM_FONTS = ("system-ui", "Segoe UI", "Roboto", "Noto Sans", "Arial", "sans-serif")
MONOSPACE_FONTS = ("ui-monospace", "Consolas", "Noto Sans Mono", "monospace")

NAVY = gradio.themes.Color(
    c50="#eff5fb",
    c100="#dce9f5",
    c200="#bcd4ec",
    c300="#8ab8ea",
    c400="#5692d3",
    c500="#2f6cb0",
    c600="#1d4f87",
    c700="#173f6c",
    c800="#133357",
    c900="#0f2945",
    c950="#0a1b2f",
    name="navy",
)
SLATE = gradio.themes.Color(
    c50="#f5f7f9",
    c100="#eaeef2",
    c200="#d5dce4",
    c300="#b3bfcb",
    c400="#8a98a8",
    c500="#667586",
    c600="#4b5969",
    c700="#354251",
    c800="#202a35",
    c900="#18202a",
    c950="#11171f",
    name="slate",
)


def build_theme() -> gradio.themes.Base:
    """Return the theme: quiet surfaces, one blue, large type, light and dark."""
    theme = gradio.themes.Base(
        primary_hue=NAVY,
        secondary_hue=NAVY,
        neutral_hue=SLATE,
        text_size=gradio.themes.sizes.text_lg,
        radius_size=gradio.themes.sizes.radius_md,
        font=SYSTEM_FONTS,
        font_mono=MONOSPACE_FONTS,
    )
    values: dict[str, Any] = {
        "body_background_fill": "*neutral_50",
        "body_background_fill_dark": "*neutral_950",
        "body_text_color": "*neutral_900",
        "body_text_color_dark": "#e6ebf1",
        "body_text_color_subdued": "*neutral_600",
        "body_text_color_subdued_dark": "#a9b5c2",
        "background_fill_primary": "white",
        "background_fill_primary_dark": "*neutral_900",
        "background_fill_secondary": "*neutral_50",
        "background_fill_secondary_dark": "*neutral_800",
        "border_color_primary": "*neutral_200",
        "border_color_primary_dark": "*neutral_700",
        "link_text_color": "*primary_600",
        "link_text_color_dark": "*primary_300",
        "input_background_fill": "white",
        "input_background_fill_dark": "*neutral_900",
        "input_border_color": "*neutral_400",
        "input_border_color_dark": "*neutral_500",
        "input_border_color_focus": "*primary_600",
        "input_border_color_focus_dark": "*primary_300",
        "input_placeholder_color": "*neutral_500",
        "input_placeholder_color_dark": "*neutral_400",
        "button_primary_background_fill": "*primary_600",
        "button_primary_background_fill_dark": "*primary_300",
        "button_primary_background_fill_hover": "*primary_700",
        "button_primary_background_fill_hover_dark": "*primary_200",
        "button_primary_text_color": "white",
        "button_primary_text_color_dark": "*primary_950",
        "button_secondary_background_fill": "transparent",
        "button_secondary_background_fill_dark": "transparent",
        "button_secondary_background_fill_hover": "*neutral_100",
        "button_secondary_background_fill_hover_dark": "*neutral_800",
        "block_border_width": "0px",
        "block_background_fill": "transparent",
        "block_background_fill_dark": "transparent",
        "block_shadow": "none",
        "block_shadow_dark": "none",
        "layout_gap": "0px",
    }
    return theme.set(**values)
