"""From one hand-in to its grade: read, judge, diagnose, count."""

from __future__ import annotations

from autograder import grading
from autograder.bank import Bank, load_bank
from autograder.course import Assignment, Course
from autograder.diagnosis import diagnose
from autograder.judge import Cases, Judge
from autograder.outcome import Grade
from autograder.released import released
from autograder.submission import HandIn, NotGradable, read_hand_in


class Grader:
    """Grades hand-ins one after the other in a running test session."""

    def __init__(self, judge: Judge, cases: Cases, assignments: list[Assignment]) -> None:
        self._judge = judge
        self._cases = cases
        self._released = {a.name: released(judge.course, a) for a in assignments}
        self._banks: dict[str, Bank | None] = {
            assignment.name: load_bank(judge.course, assignment) for assignment in assignments
        }

    @property
    def course(self) -> Course:
        """The course that is graded."""
        return self._judge.course

    def grade(self, hand_in: HandIn, *, until_failure: bool = False) -> Grade:
        """A hand-in's grade. GraderFault or OSError when the fault is ours.

        ``until_failure`` stops at the first test that fails and leaves out the diagnosis.
        """
        assignment = self.course.assignments[hand_in.assignment]
        try:
            submission = read_hand_in(hand_in, assignment, self._released[assignment.name])
        except NotGradable as reason:
            return grading.not_gradable(hand_in.student, assignment, str(reason))
        cases = self._cases[assignment.name]
        judged = self._judge.judge(
            submission, cases, until_failure=until_failure, confirm=not until_failure
        )
        outcomes = judged.outcomes
        bank = self._banks[assignment.name]
        if bank is not None and not until_failure:
            outcomes = diagnose(bank, assignment, judged, self.course.limits)
        message = "; ".join(judged.notes) or None
        return grading.make_grade(hand_in.student, assignment, outcomes, message)
