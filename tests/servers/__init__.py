"""Real mail servers: a private Dovecot and Postfix that the tests here share; `make servers` runs them."""
