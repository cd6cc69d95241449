"""`vandong quote …`: what a contribution costs. One module for each kind adds its command to the group."""

import typer

from vandong.console.advice import quote_bhxh, quote_bhyt

app = typer.Typer(
    help="Mức đóng: BHXH tự nguyện, BHYT hộ gia đình. / What it costs: voluntary and health insurance.",
    no_args_is_help=True,
)


def register(root: typer.Typer) -> None:
    """Adds `vandong quote …`."""
    root.add_typer(app, name="quote")


@app.callback()
def _group() -> None:
    """Keeps the group a group, however many commands it has."""


for _kind in (quote_bhxh, quote_bhyt):
    _kind.register(app)
