"""Results for people and other systems: every renderer returns text, the commands write it."""
