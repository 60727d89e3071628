/// The network as an ONNX model, run by ONNX Runtime: a peer of the kernels.
@org.jspecify.annotations.NullMarked
package dev.headwater.benchmarks.onnx;
