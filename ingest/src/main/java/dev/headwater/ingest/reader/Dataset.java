package dev.headwater.ingest.reader;

import dev.headwater.forecasting.reading.Series;
import java.util.List;

/// The content of a file.
///
/// @param series      the readings on their slots
/// @param fingerprint SHA-256 of the content (see [Fingerprint]), for the provenance of models trained on it
/// @param rows        rows of data read: time stamps of a wide file, readings of a long one
/// @param duplicates  readings that replaced an earlier one of the same sensor and slot
/// @param remarks     warnings for the user, one line each; mostly empty
public record Dataset(Series series, String fingerprint, long rows, long duplicates, List<String> remarks) {

    public Dataset {
        remarks = List.copyOf(remarks);
    }
}
