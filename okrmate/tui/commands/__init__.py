"""What the mentor can do on the screens: one class a command, giving key, palette entry, footer word and help line."""
