import torch
from torch.nn import functional as F

# Yusuf -- sheet 6
# only the first two and the average, sorry. The maximum I did not understand in time

def pair(value):
	height, width = (value, value) if isinstance(value, int) else value
	return height, width

def corr2d_backward(dY, X, K):
	oh, ow = dY.shape
	dX = torch.zeros_like(X)
	dK = []
	for a in range(K.shape[0]):
		for b in range(K.shape[1]):
			dX[a:a+oh, b:b+ow] += dY * K[a, b]
			dK.append((dY * X[a:a+oh, b:b+ow]).sum())
	return dX, torch.stack(dK).reshape(K.shape)

def conv2d_backward(dY, x, weight, stride=1, padding=0):
	sh, sw = pair(stride)
	ph, pw = pair(padding)
	N, ci, H, W = x.shape
	co, _, h, w = weight.shape
	oh, ow = dY.shape[2:]
	# put stride - 1 zeros between the rows and columns of dY, then it is stride 1 again
	Z = torch.zeros((N, co, (oh - 1) * sh + 1, (ow - 1) * sw + 1), dtype=dY.dtype)
	Z[:, :, ::sh, ::sw] = dY
	zh, zw = Z.shape[2:]
	P = F.pad(x, (pw, pw, ph, ph))
	dP = torch.zeros_like(P)
	dweight = torch.zeros_like(weight)
	for a in range(h):
		for b in range(w):
			dP[:, :, a:a+zh, b:b+zw] += torch.einsum("noij,oc->ncij", Z, weight[:, :, a, b])
			dweight[:, :, a, b] = torch.einsum("noij,ncij->oc", Z, P[:, :, a:a+zh, b:b+zw])
	return dP[:, :, ph:ph+H, pw:pw+W], dweight, dY.sum((0, 2, 3))

def max_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
	raise NotImplementedError("your code goes here")

def avg_pool2d_backward(dY, x, kernel_size, stride=None, padding=0):
	# each channel is an image with one channel and a kernel that is 1 / (h * w) everywhere
	h, w = pair(kernel_size)
	stride = (h, w) if stride is None else stride
	N, C, H, W = x.shape
	kernel = torch.full((1, 1, h, w), 1 / (h * w), dtype=x.dtype)
	dx, _, _ = conv2d_backward(dY.reshape(N * C, 1, *dY.shape[2:]), x.reshape(N * C, 1, H, W),
		kernel, stride, padding)
	return dx.reshape(x.shape)

class Conv2dFunction(torch.autograd.Function):
	@staticmethod
	def forward(ctx, x, weight, bias, stride, padding):
		raise NotImplementedError("your code goes here")

	@staticmethod
	def backward(ctx, dY):
		raise NotImplementedError("your code goes here")
