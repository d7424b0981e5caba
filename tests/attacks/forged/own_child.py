"""Replaces the child's own methods."""
# expect: everything=none

import autograder.worker.child as child
child.Child._call = lambda self, request, tensors: ({"value": {"tensor": "0"}, "modified": [], "printed": "", "printed_bytes": 0, "operators": [], "seconds": 0.0}, {"0": torch.zeros(2, 2)})
