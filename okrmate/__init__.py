"""OKR mentoring by mail: the mentor works in a terminal, her protégés answer one mail in their own words."""
