package dev.headwater.cli.bench;

import dev.headwater.cli.bench.BenchRow.Peer;
import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Ratios to peers that were reached before, a JSON object: `{"inference.batch1.threads1 / onnxruntime": 3.4}`.
/// Times are no part of it, since they differ between machines and from hour to hour.
///
/// @param values how many times as good as the peer, by row and peer
public record Ratios(Map<String, Double> values) {

    /// What remains of a ratio that has not fallen.
    private static final double LEAST_SHARE = 0.8;

    private static final double ROUNDING = 1000;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Ratios {
        values = new TreeMap<>(values);
    }

    /// A ratio that fell by more than a fifth.
    ///
    /// @param name row and peer
    /// @param before ratio in the file
    /// @param now measured ratio
    public record Fall(String name, double before, double now) {}

    /// @throws InvalidInputException when the file cannot be read or has another form
    public static Ratios read(Path file) {
        try {
            return new Ratios(JSON.readValue(Files.readString(file), new TypeReference<Map<String, Double>>() {}));
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(
                    file + ": must be a readable JSON object of numbers; --update-ratios writes one", e);
        }
    }

    /// @throws InvalidInputException when the file cannot be written
    public void write(Path file) {
        try {
            Files.writeString(file, JSON.writeValueAsString(values) + "\n");
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    /// These ratios, with those of the rows in place of older ones. Rows without a peer have none.
    public Ratios with(List<BenchRow> rows) {
        Map<String, Double> all = new TreeMap<>(values);
        rows.forEach(row -> {
            Peer peer = row.peer();
            if (peer != null) {
                all.put(key(row, peer), Math.round(peer.ratio() * ROUNDING) / ROUNDING);
            }
        });
        return new Ratios(all);
    }

    /// The rows whose ratio is less than four fifths of the one here. New rows cannot fall.
    public List<Fall> fallen(List<BenchRow> rows) {
        List<Fall> fallen = new ArrayList<>();
        for (BenchRow row : rows) {
            Peer peer = row.peer();
            Double before = peer == null ? null : values.get(key(row, peer));
            if (peer != null && before != null && !(peer.ratio() >= LEAST_SHARE * before)) {
                fallen.add(new Fall(key(row, peer), before, peer.ratio()));
            }
        }
        return fallen;
    }

    private static String key(BenchRow row, Peer peer) {
        return row.name() + " / " + peer.name();
    }
}
