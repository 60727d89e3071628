package dev.headwater.ingest.reader;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What a file does not state itself.
///
/// @param start     local time of the first row of files without time stamps (`.npz`); null = 2017-01-01, the first day
///                  of PEMS-BAY, at the time of day that the file's own channel states
/// @param stampZone time zone of time stamps without an offset; null = the network's zone for its files
public record ReadOptions(
        @Nullable LocalDateTime start, @Nullable ZoneId stampZone) {

    public static final ReadOptions DEFAULT = new ReadOptions(null, null);
}
