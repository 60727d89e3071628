/// Layers for DL4J whose forward and backward passes are the vector kernels that also serve.
@NullMarked
package dev.headwater.trainer.layer;

import org.jspecify.annotations.NullMarked;
