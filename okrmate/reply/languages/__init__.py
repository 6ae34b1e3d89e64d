"""The word tables, one TOML file a language; what each list is for stands in `okrmate.reply.lexicon`."""
