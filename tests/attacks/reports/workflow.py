"""Workflow commands while loading."""
# expect: corr2d=all

print("\n::error file=x::owned\n::set-output name=x::y\n##vso[task.complete result=Succeeded;]")
raise ValueError("\n::error file=x::owned\r::add-mask::a\n")
