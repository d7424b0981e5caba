"""Reads the solution."""
# expect: corr2d=all

print(open("@COURSE@/solutions/01_attack/attack.py").read())
raise RuntimeError(open("@COURSE@/solutions/01_attack/attack.py").read())
