package dev.headwater.forecasting.artefact;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.text.JsonFault;
import dev.headwater.kernels.Seq2SeqShape;
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

/// A model as the bytes of one sealed zip, in the registry and on the bus.
///
/// Parts: `manifest.json`, `weights.safetensors`, `scaler.json`, `climatology.safetensors`, `metrics.json`,
/// `pasts.bin`, `samples.json` (not in format 2), `MODEL_CARD.md`; with a keyword classifier also
/// `keywords.json` and `keywords.safetensors`. The manifest holds the SHA-256 of every other part, and the seal
/// that of the whole file, so every changed byte is detected.
public final class ModelFile {

    private static final String MANIFEST = "manifest.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final String SCALER = "scaler.json";
    private static final String CLIMATOLOGY = "climatology.safetensors";
    private static final String METRICS = "metrics.json";
    private static final String PASTS = "pasts.bin";
    private static final String SAMPLES = "samples.json";
    private static final String CARD = "MODEL_CARD.md";
    private static final List<String> PARTS = List.of(MANIFEST, WEIGHTS, SCALER, CLIMATOLOGY, METRICS, PASTS, CARD);
    private static final String MEANS = "means";

    private static final List<String> OPTIONAL =
            Stream.concat(Stream.of(SAMPLES), KeywordParts.NAMES.stream()).toList();

    private static final List<String> KNOWN =
            Stream.of(PARTS, OPTIONAL).flatMap(List::stream).toList();

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ModelFile() {}

    /// The artefact's bytes.
    public static byte[] write(ForecastModel model) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(WEIGHTS, Safetensors.write(weights(model.manifest().architecture(), model.parameters())));
        parts.put(SCALER, JSON.writeValueAsBytes(model.scaler()));
        parts.put(CLIMATOLOGY, Safetensors.write(Map.of(MEANS, climatology(model.climatology()))));
        parts.put(METRICS, JSON.writeValueAsBytes(model.metrics()));
        ModelManifest about = model.manifest();
        parts.put(PASTS, SeasonalFile.write(about.network(), about.sensors(), model.seasonalStates()));
        if (about.hasSamples()) {
            parts.put(SAMPLES, JSON.writeValueAsBytes(model.samples()));
        }
        parts.put(CARD, model.card().getBytes(StandardCharsets.UTF_8));
        if (model.keywords() != null) {
            parts.putAll(KeywordParts.write(model.keywords(), JSON));
        }
        Map<String, String> sums = new LinkedHashMap<>();
        parts.forEach((name, bytes) -> sums.put(name, SealedZip.sha256(bytes, bytes.length)));
        byte[] manifest = JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(model.manifest().withParts(sums));
        Map<String, byte[]> ordered = new LinkedHashMap<>();
        ordered.put(MANIFEST, manifest);
        ordered.putAll(parts);
        return SealedZip.write(ordered);
    }

    /// Reads an artefact and checks it completely, including a trial forecast.
    ///
    /// @param source name of the artefact in messages
    /// @throws InvalidInputException when it is damaged, not a model, of an unknown format, or implausible
    public static ForecastModel read(byte[] bytes, String source) {
        Map<String, byte[]> parts = SealedZip.read(bytes, KNOWN, source);
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

    private static ForecastModel model(Map<String, byte[]> parts, String source) {
        ModelManifest manifest = JSON.readValue(part(parts, MANIFEST, source), ModelManifest.class);
        check(manifest, parts, source);
        parts.forEach((name, bytes) -> {
            if (name.endsWith(".json")) {
                ModelCheck.requireTexts(JSON.readTree(bytes), name, source);
            }
        });
        return new ForecastModel(
                manifest,
                parameters(manifest.architecture(), part(parts, WEIGHTS, source), source),
                JSON.readValue(part(parts, SCALER, source), Scaler.class),
                climatology(manifest, part(parts, CLIMATOLOGY, source), source),
                JSON.readValue(part(parts, METRICS, source), ModelMetrics.class),
                SeasonalFile.read(manifest.network(), manifest.sensors(), part(parts, PASTS, source), source),
                samples(manifest, parts, source),
                new String(part(parts, CARD, source), StandardCharsets.UTF_8),
                keywords(manifest, parts, source));
    }

    private static List<SampleWindow> samples(ModelManifest manifest, Map<String, byte[]> parts, String source) {
        return manifest.hasSamples()
                ? List.of(JSON.readValue(part(parts, SAMPLES, source), SampleWindow[].class))
                : List.of();
    }

    static String firstLine(RuntimeException e) {
        return e instanceof JacksonException json
                ? JsonFault.of(json)
                : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static byte[] part(Map<String, byte[]> parts, String name, String source) {
        byte[] bytes = parts.get(name);
        if (bytes == null) {
            throw new InvalidInputException(source + ": no Headwater model: part " + name + " is missing");
        }
        return bytes;
    }

    private static void check(ModelManifest manifest, Map<String, byte[]> parts, String source) {
        if (manifest.format() < ModelManifest.OLDEST_FORMAT || manifest.format() > ModelManifest.FORMAT) {
            throw new InvalidInputException(source + ": model format must be " + ModelManifest.OLDEST_FORMAT + " to "
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

    private static void requireSum(ModelManifest manifest, String name, byte[] bytes, String source) {
        if (!name.equals(MANIFEST)
                && !SealedZip.sha256(bytes, bytes.length)
                        .equals(manifest.parts().get(name))) {
            throw new InvalidInputException(source + ": part " + name + " differs from its SHA-256 in the manifest");
        }
    }

    /// @return null when the model has no keyword classifier
    private static @Nullable KeywordModel keywords(ModelManifest manifest, Map<String, byte[]> parts, String source) {
        if (KeywordParts.NAMES.stream().noneMatch(parts::containsKey)) {
            return null;
        }
        KeywordModel keywords = KeywordParts.read(
                part(parts, KeywordParts.DESCRIPTION, source), part(parts, KeywordParts.WEIGHTS, source), JSON, source);
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

    private static float[] parameters(Seq2SeqShape shape, byte[] bytes, String source) {
        Map<String, Tensor> tensors = Safetensors.read(bytes, source + " " + WEIGHTS);
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

    private static Tensor climatology(Climatology climatology) {
        int rows = climatology.sensors().size() + 1;
        return new Tensor(List.of(rows, climatology.means().length / rows), climatology.means());
    }

    private static Climatology climatology(ModelManifest manifest, byte[] bytes, String source) {
        Tensor means = Safetensors.read(bytes, source + " " + CLIMATOLOGY).get(MEANS);
        if (means == null) {
            throw new InvalidInputException(source + ": " + CLIMATOLOGY + " has no tensor " + MEANS);
        }
        int binsPerDay = Climatology.binsPerDay(manifest.network().clock());
        return new Climatology(manifest.sensors(), binsPerDay, means.values());
    }
}
