"""What each screen shows: frozen values worked out from the store, and how they are drawn as lines; no Textual here."""
