/// Chronological splits and masked error measures.
@NullMarked
package dev.headwater.forecasting.evaluation;

import org.jspecify.annotations.NullMarked;
