"""The pages of the counsellor's desk. The state is the address: no cookie, nothing stored, never indexed."""
