package dev.headwater.forecasting.artefact;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The two parts of an artefact that hold a keyword classifier: its description, and its tensors.
final class KeywordParts {

    static final String DESCRIPTION = "keywords.json";
    static final String WEIGHTS = "keywords.safetensors";
    static final List<String> NAMES = List.of(DESCRIPTION, WEIGHTS);

    private static final String MEAN = "spectrum.mean";
    private static final String DEVIATION = "spectrum.deviation";

    private KeywordParts() {}

    /// Content of [#DESCRIPTION].
    private record Description(
            List<String> words, SpectrumSpec spectrum, ClassifierShape shape, KeywordModel.Figures figures) {

        /// Jackson passes null for a component that is missing in the file, and reports the exception thrown here.
        Description {
            words = List.copyOf(words);
            requireNonNull(spectrum, "spectrum");
            requireNonNull(shape, "shape");
            requireNonNull(figures, "figures");
        }
    }

    static Map<String, byte[]> write(KeywordModel model, JsonMapper json) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(MEAN, row(model.mean()));
        tensors.put(DEVIATION, row(model.deviation()));
        for (Seq2SeqShape.Tensor one : model.shape().tensors()) {
            float[] values = Arrays.copyOfRange(model.parameters(), one.offset(), one.end());
            tensors.put(one.name(), new Tensor(List.of(one.rows(), one.columns()), values));
        }
        Description description = new Description(model.words(), model.spectrum(), model.shape(), model.figures());
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(DESCRIPTION, json.writeValueAsBytes(description));
        parts.put(WEIGHTS, Safetensors.write(tensors));
        return parts;
    }

    private static Tensor row(float[] values) {
        return new Tensor(List.of(1, values.length), values);
    }

    /// @throws InvalidInputException    when a tensor is missing or has another shape
    /// @throws IllegalArgumentException when the parts do not fit together
    static KeywordModel read(byte[] description, byte[] weights, JsonMapper json, String source) {
        Description told = json.readValue(description, Description.class);
        KeywordModel.requireFit(told.words, told.spectrum, told.shape);
        Map<String, Tensor> tensors = Safetensors.read(weights, source + " " + WEIGHTS);
        // Check all shapes first: a description may claim sizes too large for memory, but the tensors cannot
        // exceed the file.
        expected(told).forEach(one -> ModelFile.requireShape(one, tensors.get(one.name()), source));
        float[] parameters = new float[told.shape.parameterCount()];
        for (Seq2SeqShape.Tensor one : told.shape.tensors()) {
            float[] values = requireNonNull(tensors.get(one.name())).values();
            System.arraycopy(values, 0, parameters, one.offset(), values.length);
        }
        return new KeywordModel(
                told.words,
                told.spectrum,
                told.shape,
                requireNonNull(tensors.get(MEAN)).values(),
                requireNonNull(tensors.get(DEVIATION)).values(),
                parameters,
                told.figures);
    }

    private static List<Seq2SeqShape.Tensor> expected(Description told) {
        List<Seq2SeqShape.Tensor> all = new ArrayList<>(told.shape.tensors());
        all.add(new Seq2SeqShape.Tensor(MEAN, 1, told.spectrum.width(), 0));
        all.add(new Seq2SeqShape.Tensor(DEVIATION, 1, told.spectrum.width(), 0));
        return all;
    }
}
