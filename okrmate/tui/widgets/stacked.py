"""One view over another: the upper as high as what it shows, and scrolling before the lower one leaves the sight."""

from textual.containers import Vertical


class Stacked(Vertical):
    """Two views, both with a height of their own; `fit` is called when either shows something else."""

    def on_resize(self) -> None:
        """There is another room to share."""
        self.fit()

    def fit(self) -> None:
        """Share the room out, once both are laid out."""
        self.call_after_refresh(self._share)

    def _share(self) -> None:
        upper, lower = self.children
        upper.styles.max_height = max(1, self.size.height - lower.outer_size.height)
