"""From one métier to others: every link that a source or a calculation makes, with its reason; drawn and listed."""
