"""``make bench``: what grading costs, as ratios within one run.

Each figure is measured on whole commands (CPU time of the process and all its children), beside what
it is compared with. Absolute times are this machine's; the ratios travel.
"""
