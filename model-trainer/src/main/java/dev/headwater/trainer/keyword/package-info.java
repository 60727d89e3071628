/// Fits networks of sound: a classifier of words on clips, and the forecaster of their loudness, as one artefact.
@NullMarked
package dev.headwater.trainer.keyword;

import org.jspecify.annotations.NullMarked;
