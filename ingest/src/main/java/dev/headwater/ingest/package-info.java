/// Readers of recorded data, the traffic simulator, and the replayer that puts readings on a topic.
@NullMarked
package dev.headwater.ingest;

import org.jspecify.annotations.NullMarked;
