/// Trains networks of sound: a keyword classifier on clips, and the forecaster of their energy, as one artefact.
@NullMarked
package dev.headwater.trainer.keyword;

import org.jspecify.annotations.NullMarked;
