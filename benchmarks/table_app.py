"""Textual's own header, footer and a table of two hundred rows: what an ordinary application costs on this machine."""

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Footer, Header

ROWS = 200


class Table(App[None]):
    """The table, with a cursor on its rows."""

    def compose(self) -> ComposeResult:
        """Compose it."""
        yield Header()
        yield DataTable[str](cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        table = self.query_one(DataTable)
        table.add_columns("name", "what", "why", "when")
        for number in range(ROWS):
            table.add_row(f"row {number}", "some words", "some more of them", f"{number} d")


if __name__ == "__main__":
    Table().run()
