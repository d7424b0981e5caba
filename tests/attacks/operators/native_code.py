"""torch's compiled functions through ctypes."""
# expect: corr2d=none

import ctypes, glob, os
def corr2d(X, K):
    path = glob.glob(os.path.join(os.path.dirname(torch.__file__), "lib", "libtorch_cpu.so"))[0]
    library = ctypes.CDLL(path)
    return library._ZN2at6native18mkldnn_convolutionERKNS_6TensorES3_(id(X), id(K))
