package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Changes artefacts and seals them again as an attacker would: with a valid seal and checksums.
public final class Resealed {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CLIMATOLOGY = "climatology.safetensors";
    private static final List<String> PARTS = List.of(
            "manifest.json",
            "weights.safetensors",
            "scaler.json",
            "metrics.json",
            "pasts.bin",
            "samples.json",
            "MODEL_CARD.md",
            "keywords.json",
            "keywords.safetensors",
            CLIMATOLOGY);

    private Resealed() {}

    /// The artefact with one part changed.
    public static byte[] part(byte[] artefact, String name, UnaryOperator<byte[]> change) {
        Map<String, byte[]> parts = unpacked(artefact);
        parts.compute(name, (same, bytes) -> change.apply(bytes));
        return sealed(parts);
    }

    /// The artefact with one part changed that is a JSON object.
    public static byte[] json(byte[] artefact, String name, Consumer<ObjectNode> change) {
        return part(artefact, name, bytes -> {
            ObjectNode node = (ObjectNode) JSON.readTree(bytes);
            change.accept(node);
            return JSON.writeValueAsBytes(node);
        });
    }

    /// The artefact with all values of one tensor replaced.
    public static byte[] tensor(byte[] artefact, String part, String tensor, float value) {
        return part(artefact, part, bytes -> {
            int header = Math.toIntExact(
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
            JsonNode offsets = JSON.readTree(bytes, Long.BYTES, header).at("/" + tensor + "/data_offsets");
            ByteBuffer data = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = offsets.get(0).asInt(); at < offsets.get(1).asInt(); at += Float.BYTES) {
                data.putFloat(Long.BYTES + header + at, value);
            }
            return data.array();
        });
    }

    /// The artefact in format 3: with a climatology instead of the target's range.
    ///
    /// @param means of the climatology
    public static byte[] asFormat3(byte[] artefact, float... means) {
        Map<String, byte[]> parts = unpacked(artefact);
        parts.put(CLIMATOLOGY, Safetensors.write(Map.of("means", new Tensor(List.of(1, means.length), means))));
        ObjectNode manifest = (ObjectNode) JSON.readTree(parts.get("manifest.json"));
        manifest.put("format", 3);
        manifest.remove("range");
        ((ObjectNode) manifest.get("parts")).put(CLIMATOLOGY, "");
        parts.put("manifest.json", JSON.writeValueAsBytes(manifest));
        return sealed(parts);
    }

    /// The parts of an artefact.
    static Map<String, byte[]> unpacked(byte[] artefact) {
        return new LinkedHashMap<>(SealedZip.read(artefact, PARTS, "test"));
    }

    private static byte[] sealed(Map<String, byte[]> parts) {
        ObjectNode manifest = (ObjectNode) JSON.readTree(parts.get("manifest.json"));
        ObjectNode sums = (ObjectNode) manifest.get("parts");
        parts.forEach((name, bytes) -> {
            if (sums.has(name)) {
                sums.put(name, Sha256.of(bytes));
            }
        });
        parts.put("manifest.json", JSON.writeValueAsBytes(manifest));
        return SealedZip.write(parts, "test");
    }
}
