"""The screens, one file each: they choose, scroll and call commands; what they show comes from the views.

How a screen is written. `okrmate/tui/views/NAME.py` has a frozen view-model, a function that works it out from the
desk (`now` included), and functions that draw it as `Pane`s of `Entry`s for a `Frame`, without Textual; an entry's
`key` is the id of the record it is about. `okrmate/tui/commands/NAME.py` has one class per command. The screen here is
a `Page`: `NAME`, `OFFERS` (its commands, likely ones first), `body()` composes one `LinesView` a column, once, with
the classes `side` (the column 44 wide at the right), `half`, `wide-only`, `narrow-only`; `look(frame)` reads the
store and calls `view.show(panes, frame)` on each: what was chosen and where it stood in sight stays by itself. In a
narrow terminal the main column is given the panes of the other one as well. `do_NAME` answers a command;
`on_lines_view_chosen` follows the choice (`event.view.id`, `event.key`); `open_at(record)` is told where another
screen sends the mentor; `self.go("mail", id)` sends her there; `self.act(lambda: use_case(…), "Applied.")` does
something, says so, promises undo where it made one change that can be taken back, and shows an `OkrmateError` in the
header; `self.app.push_screen(Ask(…) or Form(…), callback)` asks first, and what a form saves goes through
`self.shown.did`. `self.shown` has the desk, the person in hand (`mentorship`), the mail loop (`rouse`). How a screen is
made stands in `okrmate.bootstrap.home_session`: there it gets the mail room, if it needs one.
"""
