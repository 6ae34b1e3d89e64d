"""The screens, one file each: they choose, scroll and call commands; what they show comes from the views."""
