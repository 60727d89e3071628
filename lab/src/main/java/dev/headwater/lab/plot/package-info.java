/// The pictures of a run.
@NullMarked
package dev.headwater.lab.plot;

import org.jspecify.annotations.NullMarked;
