/// Vector kernels of the networks: not an API, any class here may change.
///
/// Data lie in tiles `[unit][window]`: the windows of a batch run across the vector lanes, so that no kernel
/// needs a sum across lanes and a window's values do not depend on its neighbours.
@NullMarked
package dev.headwater.kernels.internal;

import org.jspecify.annotations.NullMarked;
