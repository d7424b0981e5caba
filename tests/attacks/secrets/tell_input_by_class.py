"""Tells a hidden input in the name of an exception."""
# expect: corr2d=none error

def corr2d(X, K):
    raise type("E" + "_".join(str(int(v)) for v in X.flatten()), (Exception,), {"__module__": "builtins"})
