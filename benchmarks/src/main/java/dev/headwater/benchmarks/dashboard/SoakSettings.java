package dev.headwater.benchmarks.dashboard;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long, and whose forecasts.
///
/// @param model folder of a model; null for made-up forecasts
record SoakSettings(int minutes, @Nullable Path model) {

    private static final int DEFAULT_MINUTES = 30;

    /// @param words nothing, MINUTES, or MINUTES and MODEL
    /// @throws InvalidInputException when the minutes are no number above 0, or the folder does not
    ///     exist
    static SoakSettings of(List<String> words) {
        String minutes = words.isEmpty() ? Integer.toString(DEFAULT_MINUTES) : words.getFirst();
        if (!minutes.matches("[1-9][0-9]{0,3}")) {
            throw new InvalidInputException("minutes: must be a whole number above 0, found '" + minutes + "'");
        }
        Path model = words.size() < 2 ? null : Path.of(words.get(1));
        if (model != null && !Files.isDirectory(model)) {
            throw new InvalidInputException("model: must be a folder, found " + model);
        }
        return new SoakSettings(Integer.parseInt(minutes), model);
    }
}
