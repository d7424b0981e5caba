"""Fetches a page."""
# expect: corr2d=none error

import urllib.request
def corr2d(X, K):
    return urllib.request.urlopen("http://127.0.0.1:9/", timeout=0.2).read()
