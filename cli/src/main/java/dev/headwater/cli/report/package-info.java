/// Draws figures of evaluation and training, and writes the report of an evaluation.
@NullMarked
package dev.headwater.cli.report;

import org.jspecify.annotations.NullMarked;
