"""Letters leaving by an SMTP server (RFC 5321): the postman, and the one door to smtplib."""
