"""Reads course.yml."""
# expect: corr2d=all

raise RuntimeError(open("@COURSE@/course.yml").read())
