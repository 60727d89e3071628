package dev.headwater.ingest.reader;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What a file cannot say of itself.
///
/// @param start     local time of the first row of files without time stamps (`.npz`); null = 2017-01-01, the first day
///                  of PEMS-BAY, at the time of day that the file's own channel states
/// @param stampZone the clock of time stamps that state no offset; null = the zone of the network. The Aarhus file, for
///                  one, is kept in UTC while its traffic lives by Copenhagen's clock
public record ReadOptions(
        @Nullable LocalDateTime start, @Nullable ZoneId stampZone) {

    public static final ReadOptions DEFAULT = new ReadOptions(null, null);
}
