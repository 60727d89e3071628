package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Float32 tensors in the safetensors format, which Python can read too: an 8-byte little-endian header length,
/// a JSON header with names, shapes and offsets, then the raw values. Reading executes no code.
public final class Safetensors {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FLOAT32 = "F32";
    private static final String METADATA = "__metadata__";
    private static final int MAX_HEADER = 1 << 20;

    private Safetensors() {}

    /// One tensor.
    ///
    /// @param shape  sizes of the dimensions
    /// @param values row-major
    public record Tensor(List<Integer> shape, float[] values) {

        public Tensor {
            long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
            if (size != values.length) {
                throw new IllegalArgumentException("shape " + shape + " needs " + size + ", found " + values.length);
            }
        }
    }

    /// Jackson passes null for a component that is missing in the header, and reports the exception thrown here.
    private record Entry(String dtype, List<Integer> shape, List<Integer> data_offsets) {

        Entry {
            shape = List.copyOf(shape);
            data_offsets = List.copyOf(data_offsets);
            if (!FLOAT32.equals(dtype) || data_offsets.size() != 2) {
                throw new IllegalArgumentException("must be F32 with two offsets, found " + dtype + " " + data_offsets);
            }
        }

        int begin() {
            return data_offsets.getFirst();
        }

        int end() {
            return data_offsets.getLast();
        }
    }

    /// The bytes of the file.
    public static byte[] write(Map<String, Tensor> tensors) {
        Map<String, Entry> header = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            int end = Math.addExact(at, Math.multiplyExact(tensor.getValue().values.length, Float.BYTES));
            header.put(tensor.getKey(), new Entry(FLOAT32, tensor.getValue().shape, List.of(at, end)));
            at = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + json.length + at).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        tensors.values().forEach(tensor -> {
            out.asFloatBuffer().put(tensor.values);
            out.position(out.position() + tensor.values.length * Float.BYTES);
        });
        return out.array();
    }

    /// The tensors of a file, by name.
    ///
    /// @param source name of the file in messages
    /// @throws InvalidInputException when the bytes are not safetensors of float32
    public static Map<String, Tensor> read(byte[] bytes, String source) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long headerLength = bytes.length < Long.BYTES ? -1 : in.getLong();
        if (headerLength < 0 || headerLength > Math.min(MAX_HEADER, in.remaining())) {
            throw new InvalidInputException(source + ": no safetensors header, length found " + headerLength);
        }
        int data = Long.BYTES + (int) headerLength;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try {
            JsonNode header = JSON.readTree(new String(bytes, Long.BYTES, (int) headerLength, StandardCharsets.UTF_8));
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> one : header.properties()) {
                if (!one.getKey().equals(METADATA)) {
                    entries.put(one.getKey(), entry(one));
                }
            }
            requireCover(entries.values(), bytes.length - data, source);
            entries.forEach((name, entry) -> tensors.put(name, tensor(in, data, entry, source + " tensor " + name)));
        } catch (JacksonException | IllegalArgumentException | ArithmeticException e) {
            throw new InvalidInputException(source + ": broken safetensors header: " + ModelFile.firstLine(e), e);
        }
        return tensors;
    }

    /// The format requires this: the tensors lie one after the other, without gaps, and nothing follows the
    /// last one.
    private static void requireCover(Collection<Entry> entries, int length, String source) {
        int at = 0;
        for (Entry entry : entries.stream()
                .sorted(Comparator.comparing(Entry::begin).thenComparing(Entry::end))
                .toList()) {
            if (entry.begin() != at || entry.end() < at) {
                throw new InvalidInputException(source + ": tensors must lie one behind the other, found offsets "
                        + entry.data_offsets + " where " + at + " was to come");
            }
            at = entry.end();
        }
        if (at != length) {
            throw new InvalidInputException(
                    source + ": tensors must fill the " + length + " bytes of the file's data, found " + at);
        }
    }

    private static Entry entry(Map.Entry<String, JsonNode> named) {
        if (!named.getValue().isObject()) {
            throw new IllegalArgumentException(named.getKey() + " must be an object, found " + named.getValue());
        }
        return JSON.treeToValue(named.getValue(), Entry.class);
    }

    private static Tensor tensor(ByteBuffer in, int data, Entry entry, String subject) {
        int begin = entry.begin();
        int end = entry.end();
        if ((end - begin) % Float.BYTES != 0) {
            throw new InvalidInputException(
                    subject + ": whole floats are needed, found offsets " + begin + " to " + end);
        }
        float[] values = new float[(end - begin) / Float.BYTES];
        in.slice(data + begin, end - begin)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Tensor(entry.shape, values);
    }
}
