"""The number of this version, said once: the build and `okrmate --version` both read it here."""

VERSION = "0.1.0"
