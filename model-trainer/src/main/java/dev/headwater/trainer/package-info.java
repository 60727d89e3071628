/// Trains and evaluates forecast models, keeps them in a registry and publishes them.
@NullMarked
package dev.headwater.trainer;

import org.jspecify.annotations.NullMarked;
