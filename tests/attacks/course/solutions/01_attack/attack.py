"""The solution. canary-solution-91b2."""
