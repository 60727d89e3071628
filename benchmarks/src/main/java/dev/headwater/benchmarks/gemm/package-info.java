/// The network with the matrix products of ND4J, forward and backward, as one writes it without kernels: a peer.
@org.jspecify.annotations.NullMarked
package dev.headwater.benchmarks.gemm;
