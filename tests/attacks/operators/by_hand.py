"""A control: the formula."""
# expect: slope=all

def slope(a):
    return 3 * a * a
