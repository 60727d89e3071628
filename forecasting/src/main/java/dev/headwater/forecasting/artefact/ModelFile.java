package dev.headwater.forecasting.artefact;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.text.JsonFault;
import dev.headwater.kernels.Seq2SeqShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A model as one sealed zip, in the registry and on the bus.
///
/// Parts: `manifest.json`, `weights.safetensors`, `scaler.json`, `metrics.json`, `samples.json`,
/// `MODEL_CARD.md`, `pasts.bin`; with a keyword classifier also `keywords.json` and `keywords.safetensors`;
/// in format 3 `climatology.safetensors`, of which only the range is read. The manifest holds the SHA-256 of
/// every other part, and the seal that of the whole file, so every changed byte is detected.
///
/// `pasts.bin` grows with the number of sensors. It is stored plain, and read where it lies when a sensor
/// asks for its state.
public final class ModelFile {

    private static final String MANIFEST = "manifest.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String SCALER = "scaler.json";
    private static final String CLIMATOLOGY = "climatology.safetensors";
    private static final String METRICS = "metrics.json";
    private static final String PASTS = "pasts.bin";
    private static final String SAMPLES = "samples.json";
    private static final String CARD = "MODEL_CARD.md";
    private static final List<String> PARTS = List.of(MANIFEST, WEIGHTS, SCALER, METRICS, SAMPLES, CARD, PASTS);
    private static final String MEANS = "means";

    private static final List<String> OPTIONAL =
            Stream.concat(Stream.of(CLIMATOLOGY), KeywordParts.NAMES.stream()).toList();

    private static final List<String> KNOWN =
            Stream.of(PARTS, OPTIONAL).flatMap(List::stream).toList();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ModelFile() {}

    /// The artefact's bytes.
    ///
    /// @throws InvalidInputException when they could not be read again
    public static byte[] write(ForecastModel model) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(model, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Writes an artefact, which is never in memory as a whole.
    ///
    /// @param out stays open
    /// @throws InvalidInputException when it could not be read again
    static void write(ForecastModel model, OutputStream out) throws IOException {
        ModelManifest about = model.manifest();
        Map<String, Part> parts = new LinkedHashMap<>();
        Map<String, Tensor> tensors = weights(about.architecture(), model.parameters());
        if (model.intervals() != null) {
            tensors.putAll(IntervalTensors.write(model.intervals()));
        }
        parts.put(WEIGHTS, Part.packed(Safetensors.write(tensors)));
        parts.put(SCALER, json(model.scaler()));
        parts.put(METRICS, json(model.metrics()));
        parts.put(SAMPLES, json(model.samples()));
        parts.put(CARD, Part.packed(model.card().getBytes(StandardCharsets.UTF_8)));
        if (model.keywords() != null) {
            for (Map.Entry<String, byte[]> part :
                    KeywordParts.write(model.keywords(), JSON).entrySet()) {
                parts.put(part.getKey(), Part.packed(part.getValue()));
            }
        }
        parts.put(PASTS, Part.plain(SeasonalFile.content(about, model.seasonalStates())));
        Map<String, String> sums = new LinkedHashMap<>();
        parts.forEach((name, part) -> sums.put(name, part.sha256()));
        Map<String, Part> ordered = new LinkedHashMap<>();
        ordered.put(
                MANIFEST, Part.packed(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(about.withParts(sums))));
        ordered.putAll(parts);
        SealedZip.write(ordered, out, "model " + about.id());
    }

    private static Part json(Object content) throws IOException {
        return Part.packed(JSON.writeValueAsBytes(content));
    }

    /// Reads an artefact and checks it completely, including a trial forecast.
    ///
    /// @param source name of the artefact in messages
    /// @throws InvalidInputException when it is damaged, not a model, of an unknown format, or implausible
    public static ForecastModel read(byte[] bytes, String source) {
        return read(Artefact.of(bytes, source));
    }

    /// Reads an artefact and checks it completely, including a trial forecast. The model's seasonal states
    /// stay where the artefact is.
    ///
    /// @throws InvalidInputException when it is damaged, not a model, of an unknown format, or implausible
    public static ForecastModel read(Artefact artefact) {
        String source = artefact.source();
        Map<String, MemorySegment> parts = SealedZip.read(artefact, KNOWN, List.of(PASTS));
        try {
            ForecastModel model = model(parts, source);
            ModelCheck.require(model, source);
            return model;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new InvalidInputException(source + ": no model of this version: " + firstLine(e), e);
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) { // correctly sealed, but with content that no check covers
            throw new InvalidInputException(source + ": cannot be read: " + e, e);
        }
    }

    private static ForecastModel model(Map<String, MemorySegment> parts, String source) {
        ModelManifest stated = JSON.readValue(bytes(parts, MANIFEST, source), ModelManifest.class);
        check(stated, parts, source);
        parts.keySet().stream()
                .filter(name -> name.endsWith(".json"))
                .forEach(name -> ModelCheck.requireTexts(JSON.readTree(bytes(parts, name, source)), name, source));
        ModelManifest manifest = withRange(stated, parts, source);
        Map<String, Tensor> tensors = Safetensors.read(bytes(parts, WEIGHTS, source), source + " " + WEIGHTS);
        return new ForecastModel(
                manifest,
                parameters(manifest.architecture(), tensors, source),
                JSON.readValue(bytes(parts, SCALER, source), Scaler.class),
                JSON.readValue(bytes(parts, METRICS, source), ModelMetrics.class),
                SeasonalFile.read(manifest, part(parts, PASTS, source), source),
                List.of(JSON.readValue(bytes(parts, SAMPLES, source), SampleWindow[].class)),
                new String(bytes(parts, CARD, source), StandardCharsets.UTF_8),
                IntervalTensors.read(tensors, manifest.architecture().horizon(), source + " " + WEIGHTS),
                keywords(manifest, parts, source));
    }

    /// With the range of the climatology, which format 3 has instead.
    private static ModelManifest withRange(ModelManifest stated, Map<String, MemorySegment> parts, String source) {
        if (stated.format() > ModelManifest.OLDEST_FORMAT) {
            return stated;
        }
        Tensor means = Safetensors.read(bytes(parts, CLIMATOLOGY, source), source + " " + CLIMATOLOGY)
                .get(MEANS);
        if (means == null) {
            throw new InvalidInputException(source + ": " + CLIMATOLOGY + " has no tensor " + MEANS);
        }
        return stated.withRange(TargetRange.of(means.values()));
    }

    static String firstLine(RuntimeException e) {
        return e instanceof JacksonException json
                ? JsonFault.of(json)
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static byte[] bytes(Map<String, MemorySegment> parts, String name, String source) {
        return part(parts, name, source).toArray(ValueLayout.JAVA_BYTE);
    }

    private static MemorySegment part(Map<String, MemorySegment> parts, String name, String source) {
        MemorySegment bytes = parts.get(name);
        if (bytes == null) {
            throw new InvalidInputException(source + ": no Headwater model: part " + name + " is missing");
        }
        return bytes;
    }

    private static void check(ModelManifest manifest, Map<String, MemorySegment> parts, String source) {
        if (manifest.format() < ModelManifest.OLDEST_FORMAT || manifest.format() > ModelManifest.FORMAT) {
            throw new InvalidInputException(source + ": model format must be " + ModelManifest.OLDEST_FORMAT + " or "
                    + ModelManifest.FORMAT + ", found " + manifest.format() + ": made by another version of Headwater");
        }
        for (String name : PARTS) {
            requireSum(manifest, name, part(parts, name, source), source);
        }
        for (String name : OPTIONAL) {
            if (parts.containsKey(name) || manifest.parts().containsKey(name)) {
                requireSum(manifest, name, part(parts, name, source), source);
            }
        }
    }

    private static void requireSum(ModelManifest manifest, String name, MemorySegment bytes, String source) {
        if (!name.equals(MANIFEST) && !Sha256.of(bytes).equals(manifest.parts().get(name))) {
            throw new InvalidInputException(source + ": part " + name + " differs from its SHA-256 in the manifest");
        }
    }

    /// @return null when the model has no keyword classifier
    private static @Nullable KeywordModel keywords(
            ModelManifest manifest, Map<String, MemorySegment> parts, String source) {
        if (KeywordParts.NAMES.stream().noneMatch(parts::containsKey)) {
            return null;
        }
        KeywordModel keywords = KeywordParts.read(
                bytes(parts, KeywordParts.DESCRIPTION, source),
                bytes(parts, KeywordParts.WEIGHTS, source),
                JSON,
                source);
        AudioSpec audio = manifest.network().audio();
        if (audio == null || !keywords.fits(audio)) {
            throw new InvalidInputException(source + ": the classifier of words must fit the network's sound, found "
                    + keywords.words() + " and " + keywords.spectrum());
        }
        return keywords;
    }

    private static Map<String, Tensor> weights(Seq2SeqShape shape, float[] parameters) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Seq2SeqShape.Tensor one : shape.tensors()) {
            float[] values = Arrays.copyOfRange(parameters, one.offset(), one.offset() + one.rows() * one.columns());
            tensors.put(one.name(), new Tensor(List.of(one.rows(), one.columns()), values));
        }
        return tensors;
    }

    private static float[] parameters(Seq2SeqShape shape, Map<String, Tensor> tensors, String source) {
        // Check all shapes first: a manifest may claim sizes too large for memory, but the tensors cannot
        // exceed the file.
        shape.tensors().forEach(one -> requireShape(one, tensors.get(one.name()), source));
        float[] parameters = new float[shape.parameterCount()];
        for (Seq2SeqShape.Tensor one : shape.tensors()) {
            float[] values = requireNonNull(tensors.get(one.name())).values();
            System.arraycopy(values, 0, parameters, one.offset(), values.length);
        }
        return parameters;
    }

    static void requireShape(Seq2SeqShape.Tensor one, @Nullable Tensor found, String source) {
        List<Integer> expected = List.of(one.rows(), one.columns());
        if (found == null || !found.shape().equals(expected)) {
            throw new InvalidInputException(source + ": weights " + one.name() + " must have the shape " + expected
                    + ", found " + (found == null ? "none" : found.shape()));
        }
    }
}
