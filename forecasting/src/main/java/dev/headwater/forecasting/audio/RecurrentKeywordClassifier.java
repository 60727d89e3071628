package dev.headwater.forecasting.audio;

import dev.headwater.kernels.RecurrentClassifier;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Classifies words by a recurrent network on the spectra of a clip. Allocates nothing once warm.
public final class RecurrentKeywordClassifier implements KeywordClassifier {

    /// Name of a model's architecture: `keyword-gru` or `keyword-lstm`.
    public static String architecture(KeywordModel model) {
        return switch (model.shape().cell()) {
            case GRU -> "keyword-gru";
            case LSTM -> "keyword-lstm";
        };
    }

    /// Buffers of one call.
    ///
    /// @param frames `[frame][width]`
    private record Workspace(LogSpectrum spectrum, float[] frames) {}

    private final String name;
    private final KeywordModel model;
    private final RecurrentClassifier network;
    private final float[] scale; // [width]: 1 / deviation
    private final ArrayBlockingQueue<Workspace> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    /// @param version version of the artefact that contains the model
    public RecurrentKeywordClassifier(KeywordModel model, int version) {
        this.name = architecture(model) + "@" + version;
        this.model = model;
        this.network = new RecurrentClassifier(model.shape(), model.parameters());
        this.scale = new float[model.deviation().length];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = 1 / model.deviation()[i];
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> words() {
        return model.words();
    }

    @Override
    public int clip() {
        return model.spectrum().samples();
    }

    @Override
    public void classify(short[] pcm, int from, float[] probabilities) {
        Objects.checkFromIndexSize(from, clip(), pcm.length);
        @Nullable Workspace pooled = idle.poll();
        Workspace workspace = pooled == null ? newWorkspace() : pooled;
        workspace.spectrum.compute(pcm, from, workspace.frames);
        normalise(workspace.frames, model.mean(), scale);
        network.classify(workspace.frames, probabilities);
        idle.offer(workspace);
    }

    private Workspace newWorkspace() {
        return new Workspace(
                new LogSpectrum(model.spectrum()),
                new float[model.shape().frames() * model.shape().width()]);
    }

    private static void normalise(float[] frames, float[] mean, float[] scale) {
        int width = mean.length;
        for (int at = 0; at < frames.length; at += width) {
            for (int i = 0; i < width; i++) {
                frames[at + i] = (frames[at + i] - mean[i]) * scale[i];
            }
        }
    }
}
