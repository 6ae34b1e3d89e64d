"""Mail on an IMAP server (RFC 3501): the mailbox, its doorbell, and the one door to imaplib and imap_tools."""
