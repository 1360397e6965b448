"""From the skills one has to the métiers that ask for them."""
