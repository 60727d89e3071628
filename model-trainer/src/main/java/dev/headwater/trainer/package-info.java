/// What the trainers of forecasters and of classifiers share: the loop over epochs, its listener, settings by name.
@NullMarked
package dev.headwater.trainer;

import org.jspecify.annotations.NullMarked;
