"""In a thread that has been waiting since the cells ran."""
# expect: corr2d=none

import queue, threading
questions, answers = queue.Queue(), queue.Queue()
def work():
    while True:
        X, K = questions.get()
        try:
            answers.put(F.conv2d(X[None, None], K[None, None])[0, 0])
        except Exception as error:
            answers.put(None)
threading.Thread(target=work, daemon=True).start()
def corr2d(X, K):
    questions.put((X, K))
    return answers.get(timeout=1)
