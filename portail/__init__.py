"""The project package: settings, addresses, home, whatever needs to know every other package."""
