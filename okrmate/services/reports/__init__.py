"""Reports: what the mentor should know now, worked out from the store; nothing is changed."""
