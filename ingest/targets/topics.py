"""Where a text turns to another matter: a year given before no longer covers what follows."""

import re

_TURN = re.compile(
    r"[\W\d]*(?:bên cạnh đó|ngoài ra|bên cạnh|cùng với đó|mặt khác|đặc biệt|đáng chú ý|tại|về"
    r"|đối với"
    r"|trong lĩnh vực|ở lĩnh vực|trong khi đó|song song|thêm vào đó|hiện nay|hiện|đến nay"
    r"|tuy nhiên)(?!\w)",
    re.IGNORECASE,
)


def changes_topic(text: str) -> bool:
    """Tell whether a sentence opens with words that leave what was spoken of before."""
    return _TURN.match(text) is not None
