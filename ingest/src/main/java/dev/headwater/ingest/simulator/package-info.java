/// A made-up city whose freeways congest like real ones: endless, seeded readings without any file.
@NullMarked
package dev.headwater.ingest.simulator;

import org.jspecify.annotations.NullMarked;
