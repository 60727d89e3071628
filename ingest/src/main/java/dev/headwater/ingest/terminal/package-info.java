/// What a person sees in a terminal or a log: whether there is a terminal, how large it is, and progress bars.
@NullMarked
package dev.headwater.ingest.terminal;

import org.jspecify.annotations.NullMarked;
