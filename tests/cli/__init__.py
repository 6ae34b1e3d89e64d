"""The command line, called as people and scripts call it: on a real home, by its words, exit codes and streams."""
