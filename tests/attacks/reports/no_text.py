"""An exception that cannot be shown."""
# expect: corr2d=all

class Silent(Exception):
    def __str__(self): raise SystemExit
    __repr__ = __str__
raise Silent
