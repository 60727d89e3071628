package dev.headwater.lab.engine;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.text.JsonFault;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.report.Plot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The results of earlier runs in a folder: `ROW/seed-42/result.json` or `ROW/seed-42-full/result.json`, the
/// pictures
/// beside it. A result is written last, so a run that was broken off leaves none.
///
/// @param root the folder
public record Results(Path root) {

    /// Where results are kept when the user names no folder.
    public static final String DEFAULT_ROOT = "lab-results";

    private static final String RESULT = "result.json";
    private static final String ANEW = "; delete it to run anew";
    private static final int DEPTH = 3; // of result.json below the root
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// Keeps a run, in place of an earlier one of the same row, seed and setting.
    ///
    /// @throws InvalidInputException when the folder cannot be written
    public void save(RowRun run) {
        RowResult result = run.result();
        Path folder = folder(result.row(), result.randomSeed(), result.full());
        run.pictures().forEach((name, png) -> Plot.write(folder, name, png));
        Plot.writeFile(folder, RESULT, JSON.writeValueAsString(result).getBytes(StandardCharsets.UTF_8));
    }

    /// The result of an earlier run of the same definition.
    ///
    /// @throws InvalidInputException when its file cannot be read
    public Optional<RowResult> find(RowSpec row, RunSettings settings) {
        Path file = folder(row.row(), settings.seed(), settings.full() || row.isAlwaysFull())
                .resolve(RESULT);
        return Files.exists(file)
                ? Optional.of(read(file)).filter(result -> result.definition().equals(fingerprint(row)))
                : Optional.empty();
    }

    /// All results, in the order of their folders.
    ///
    /// @throws InvalidInputException when there is no folder, or a file cannot be read
    public List<RowResult> all() {
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            return files.filter(file -> file.endsWith(RESULT))
                    .sorted()
                    .map(Results::read)
                    .toList();
        } catch (IOException e) {
            throw InvalidInputException.unreadable("folder of results " + root, root, e);
        }
    }

    /// A picture of a run.
    ///
    /// @throws InvalidInputException when it cannot be read
    public byte[] picture(RowResult result, String name) {
        Path file = folder(result.row(), result.randomSeed(), result.full()).resolve(name + ".png");
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidInputException.unreadable("picture " + file, file, e);
        }
    }

    private Path folder(String row, long seed, boolean full) {
        return root.resolve(row).resolve("seed-" + seed + (full ? "-full" : ""));
    }

    private static RowResult read(Path file) {
        try {
            return whole(JSON.readValue(Files.readAllBytes(file), RowResult.class), file);
        } catch (IOException e) {
            throw InvalidInputException.unreadable("result " + file, file, e);
        } catch (JacksonException e) {
            throw new InvalidInputException("result " + file + ": " + JsonFault.of(e) + ANEW, e);
        }
    }

    /// A file by hand or of another version may lack what the report reads.
    private static RowResult whole(@Nullable RowResult result, Path file) {
        if (result == null
                || Stream.of(
                                result.row(),
                                result.title(),
                                result.document(),
                                result.metric(),
                                result.told(),
                                result.figure(),
                                result.data(),
                                result.setting(),
                                result.curve(),
                                result.notes(),
                                result.pictures(),
                                result.machine(),
                                result.definition())
                        .anyMatch(Objects::isNull)) {
            throw new InvalidInputException("result " + file + ": must have all keys of a result" + ANEW);
        }
        return result;
    }

    /// A fingerprint of a definition, which tells whether a result is still its own. About how long a row takes changes
    /// no result.
    public static String fingerprint(RowSpec row) {
        String definition = row.toString().replaceFirst("seconds=\\d+, ", "");
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(definition.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
