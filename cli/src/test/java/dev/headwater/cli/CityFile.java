package dev.headwater.cli;

import dev.headwater.forecasting.reading.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;

/// Writes a series as the wide CSV that users have.
public final class CityFile {

    private CityFile() {}

    public static Path write(Path file, Series series) {
        StringBuilder csv = new StringBuilder("time," + String.join(",", series.sensors()) + "\n");
        for (int row = 0; row < series.slots(); row++) {
            csv.append(LocalDateTime.ofInstant(
                    series.network().clock().start(series.firstSlot() + row),
                    series.network().zone()));
            for (int s = 0; s < series.sensors().size(); s++) {
                float value = series.target(s, row);
                csv.append(',').append(Float.isNaN(value) ? "" : Float.toString(value));
            }
            csv.append('\n');
        }
        try {
            return Files.writeString(file, csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
