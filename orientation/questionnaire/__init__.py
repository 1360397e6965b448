"""« En moins de cinq minutes »: questions whose answers live in the address, and what they lead to."""
