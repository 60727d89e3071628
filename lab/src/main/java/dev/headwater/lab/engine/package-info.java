/// Runs rows: fits, scores, keeps the results.
@NullMarked
package dev.headwater.lab.engine;

import org.jspecify.annotations.NullMarked;
