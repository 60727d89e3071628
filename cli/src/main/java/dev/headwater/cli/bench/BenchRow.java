package dev.headwater.cli.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A measured figure, beside that of a peer if there is one. A figure with several peers has a row for each.
///
/// @param name what was measured, `inference.batch1024.threads1`
/// @param value median over the turns
/// @param min least of the turns
/// @param max most of the turns
/// @param unit `windows/s`, `forecasts/s`, `ms`
/// @param peer what was measured beside it
/// @param details other figures by name: `allocatedBytes` of a call, `maxError` against the oracle, `peakShare`
public record BenchRow(
        String name,
        double value,
        double min,
        double max,
        String unit,
        @Nullable Peer peer,
        Map<String, Double> details) {

    /// @param name `onnxruntime`
    /// @param value median over its turns, in the row's unit
    /// @param ratio how many times as good as the peer: median over the turns of the ratio within a turn
    /// @param minRatio least of them
    /// @param maxRatio most of them
    public record Peer(String name, double value, double ratio, double minRatio, double maxRatio) {}
}
