"""The course that is attacked has tests of its own."""

collect_ignore = ["course"]
