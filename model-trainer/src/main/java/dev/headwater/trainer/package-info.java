/// Fits models on history: windows to batches, batches to DL4J, the best parameters to an artefact with its figures.
@NullMarked
package dev.headwater.trainer;

import org.jspecify.annotations.NullMarked;
