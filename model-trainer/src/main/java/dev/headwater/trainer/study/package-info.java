/// Studies of the trainer: the same training over several seeds, with and without each group of inputs.
@NullMarked
package dev.headwater.trainer.study;

import org.jspecify.annotations.NullMarked;
