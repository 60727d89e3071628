/// Fits and judges forecasters: windows of history, checkpoints, the range test of learning rates, the model card.
@NullMarked
package dev.headwater.trainer.forecast;

import org.jspecify.annotations.NullMarked;
