/// Plays history, or the simulated city, onto the bus: slot by slot, as fast as asked.
@NullMarked
package dev.headwater.ingest.replay;

import org.jspecify.annotations.NullMarked;
