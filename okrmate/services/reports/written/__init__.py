"""Reports as they are handed out: the same figures as Markdown, as a page with plots, as JSON and as CSV."""
