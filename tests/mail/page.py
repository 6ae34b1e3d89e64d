"""An HTML part as a reader meets it: which tags it is made of, and what each paragraph says."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """The tags of a page, its paragraphs, and everything it says."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self._inside = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, and begin a paragraph."""
        self.tags.add(tag)
        if tag == "p":
            self.paragraphs.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph."""
        self._inside = self._inside and tag != "p"

    def handle_data(self, data: str) -> None:
        """Keep what is said, in its paragraph and in the whole."""
        self.words += data.split()
        if self._inside:
            self.paragraphs[-1] += data
