/// Reads history from the files that people have: PEMS-BAY and its relatives, DCRNN windows, CSV.
@NullMarked
package dev.headwater.ingest.reader;

import org.jspecify.annotations.NullMarked;
