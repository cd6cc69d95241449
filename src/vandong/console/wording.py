"""Help of commands in two languages, written where the command stands: `"Tiếng Việt. / English."`.

Every docstring of a command, every `help=` of an option, argument or group has both halves, parted by
" / " (once). `VANDONG_LANG` decides which is shown; a test refuses a text with one half.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from typer import rich_utils

from vandong.kernel.names import clean

PARTING = " / "
VIETNAMESE, ENGLISH = "vi", "en"

_TITLES = {
    VIETNAMESE: {
        "ARGUMENTS_PANEL_TITLE": "Tham số",
        "OPTIONS_PANEL_TITLE": "Tùy chọn",
        "COMMANDS_PANEL_TITLE": "Lệnh",
        "ERRORS_PANEL_TITLE": "Lỗi",
        "ABORTED_TEXT": "Đã dừng.",
        "DEFAULT_STRING": "[mặc định: {}]",
        "ENVVAR_STRING": "[biến môi trường: {}]",
        "REQUIRED_LONG_STRING": "[bắt buộc]",
        "RICH_HELP": "Xem hướng dẫn: [blue]'{command_path} {help_option}'[/].",
    },
    ENGLISH: {
        "ARGUMENTS_PANEL_TITLE": "Arguments",
        "OPTIONS_PANEL_TITLE": "Options",
        "COMMANDS_PANEL_TITLE": "Commands",
        "ERRORS_PANEL_TITLE": "Error",
        "ABORTED_TEXT": "Aborted.",
        "DEFAULT_STRING": "[default: {}]",
        "ENVVAR_STRING": "[env var: {}]",
        "REQUIRED_LONG_STRING": "[required]",
        "RICH_HELP": "Try [blue]'{command_path} {help_option}'[/] for help.",
    },
}
_OWN_HELP = {VIETNAMESE: "Hiện hướng dẫn này rồi thoát.", ENGLISH: "Show this help and exit."}


_spoken: ContextVar[str] = ContextVar("spoken", default="")


def language() -> str:
    """`vi` or `en`, as `VANDONG_LANG` says."""
    return _spoken.get() or settings.ENVIRONMENT.lang


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Within it, commands speak `lang` whatever the environment says: for the reference page and tests."""
    token = _spoken.set(lang)
    try:
        yield
    finally:
        _spoken.reset(token)


def half(text: str, lang: str) -> str:
    """The half of a bilingual help text that `lang` reads. A text with one half is given whole."""
    vietnamese, parting, english = clean(text).partition(PARTING)
    return english.strip() if parting and lang == ENGLISH else vietnamese.strip()


def speak(command: Any, lang: str) -> None:
    """Leaves only `lang` in the help of a command, its options and all commands below it."""
    for name, text in _TITLES[lang].items():
        setattr(rich_utils, name, text)
    _speak(command, lang)


def _speak(command: Any, lang: str) -> None:
    command.help = half(command.help or "", lang)
    command.short_help = half(command.short_help or "", lang) or None
    for parameter in command.params:
        parameter.help = half(getattr(parameter, "help", None) or "", lang)
    own = command.get_help_option(command.context_class(command))
    if own is not None:
        own.help = _OWN_HELP[lang]
    for below in getattr(command, "commands", {}).values():
        _speak(below, lang)
