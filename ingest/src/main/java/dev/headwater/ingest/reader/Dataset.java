package dev.headwater.ingest.reader;

import dev.headwater.forecasting.reading.Series;
import java.util.List;

/// What a file gave.
///
/// @param series      the readings on their slots
/// @param fingerprint SHA-256 of the content (see [Fingerprint]), for the provenance of what is made from it
/// @param rows        rows of data read: time stamps of a wide file, readings of a long one
/// @param duplicates  readings that replaced an earlier one of the same sensor and slot
/// @param remarks     what a person should know and no rule forbids, one line each; mostly empty
public record Dataset(Series series, String fingerprint, long rows, long duplicates, List<String> remarks) {

    public Dataset {
        remarks = List.copyOf(remarks);
    }
}
