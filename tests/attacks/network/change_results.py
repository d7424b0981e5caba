"""Writes its own result file."""
# expect: corr2d=none

import os
def corr2d(X, K):
    try:
        os.makedirs("@OUT@/@NAME@", exist_ok=True)
        open("@OUT@/@NAME@/01_attack.json", "w").write('{"score": 100}')
    except OSError:
        pass
    return X
