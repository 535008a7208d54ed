"""Small parts screens are made of, painted from the theme's tokens."""
