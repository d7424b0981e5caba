"""The errors that end as one clear line and an exit code."""


class UsageError(Exception):
    """A mistake in what was asked or configured: exit code 2. The text is the line to print."""


class GraderFault(Exception):
    """The grader itself failed: exit code 1, never a student's zero. The text is the line to print."""
