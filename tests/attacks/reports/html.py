"""HTML where reports show text."""
# expect: corr2d=all

raise type("<script>alert(1)</script>", (ValueError,), {})("<script>alert(document.cookie)</script><img src=x onerror=alert(1)>")
