"""Programs for the developers of the project; the site itself never imports them."""
