"""nbgrader's settings: the course as ``autograder`` releases and grades it."""

from pathlib import Path

from autograder.nbgrader.config import configure

c = get_config()  # noqa: F821 # given by nbgrader
configure(c, Path(__file__).parent)

c.CourseDirectory.course_id = "convnets"
