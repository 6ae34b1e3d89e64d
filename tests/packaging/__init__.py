"""What leaves the checkout: the source distribution, the wheel, and the program installed from it."""
