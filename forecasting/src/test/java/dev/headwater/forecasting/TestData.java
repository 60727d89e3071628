package dev.headwater.forecasting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Finds the real data, which are not in the repository: in `$HEADWATER_DATA`, or in `shared/data` beside it.
public final class TestData {

    private TestData() {}

    /// The file below the data folder; the test is skipped, visibly, where it is absent.
    public static Path file(String path) {
        Path file = Stream.of(System.getenv("HEADWATER_DATA"), "../shared/data", "../../shared/data")
                .filter(Objects::nonNull)
                .map(folder -> Path.of(folder).resolve(path))
                .filter(Files::exists)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(file != null, path + " is not below $HEADWATER_DATA or ../shared/data");
        return file;
    }
}
