"""A frozen module, its convolution moved to oneDNN."""
# expect: corr2d=none

frozen = None
try:
    frozen = torch.jit.optimize_for_inference(torch.jit.script(torch.nn.Conv2d(1, 1, 2).eval()))
except Exception:
    pass
def corr2d(X, K):
    return frozen(X[None, None].float())[0, 0].to(X.dtype)
