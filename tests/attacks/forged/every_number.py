"""A well-formed reply for every number that could be next, with no operator used."""
# expect: corr2d=none rejected

def corr2d(X, K):
    for number in range(100):
        send(reply(number, value={"list": []}))
    return X
