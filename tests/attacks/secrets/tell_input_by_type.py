"""Tells a hidden input in the name of a type that may not travel."""
# expect: corr2d=none rejected

def corr2d(X, K):
    return type("E" + "_".join(str(int(v)) for v in X.flatten()), (), {})()
