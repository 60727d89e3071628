package dev.headwater.cli.bench;

import dev.headwater.cli.bench.BenchRow.Peer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a run of suites measured.
///
/// @param machine as it was before the first
/// @param rows in the order in which they were measured
public record BenchReport(Machine machine, List<BenchRow> rows) {

    /// The report as one JSON object; the details of a row are fields beside the others.
    public Map<String, Object> asJson() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("machine", machine);
        report.put("rows", rows.stream().map(BenchReport::asJson).toList());
        return report;
    }

    private static Map<String, Object> asJson(BenchRow row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.name());
        fields.put("value", row.value());
        fields.put("unit", row.unit());
        Peer peer = row.peer();
        if (peer != null) {
            fields.put("peer", peer.name());
            fields.put("peerValue", peer.value());
            fields.put("ratio", peer.ratio());
        }
        fields.put("min", row.min());
        fields.put("max", row.max());
        if (peer != null) {
            fields.put("ratioMin", peer.minRatio());
            fields.put("ratioMax", peer.maxRatio());
        }
        fields.putAll(row.details());
        return fields;
    }
}
