"""The coach against lines that people labelled: what it finds, what it overlooks, and where it cries wolf."""
