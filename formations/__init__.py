"""The training offer: formations, organismes, lieux, sessions; imports `certifications` and what it imports."""
