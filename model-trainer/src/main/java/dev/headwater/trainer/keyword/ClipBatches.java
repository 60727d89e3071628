package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.LogSpectrum;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Prepares batches of augmented spectra, one ahead of the training, on a thread of its own. The augmentation
/// of a clip depends only on the seed, the epoch and its position in the epoch.
final class ClipBatches implements AutoCloseable {

    private final List<Clip> clips;
    private final List<String> words;
    private final KeywordSettings settings;
    private final Spectra spectra;
    private final Augmenter augmenter;
    private final LogSpectrum spectrum;
    private final float[] sound; // [samples]
    private final int[] order; // [clip], of the current epoch
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("clip-batches").factory());

    ClipBatches(List<Clip> clips, List<String> words, KeywordSettings settings, Spectra spectra) {
        this.clips = clips;
        this.words = words;
        this.settings = settings;
        this.spectra = spectra;
        this.augmenter = new Augmenter(settings.augmentation(), spectra.spec());
        this.spectrum = new LogSpectrum(spectra.spec());
        this.sound = new float[spectra.spec().samples()];
        this.order = new int[clips.size()];
    }

    /// The samples of one update.
    ///
    /// @param count   clips
    /// @param inputs  `[clip][frame][width]`
    /// @param targets `[clip][word]`, shares that add up to 1
    record Batch(int count, float[] inputs, float[] targets) {}

    /// Receives a batch; false ends the epoch.
    @FunctionalInterface
    interface Sink {
        boolean accept(Batch batch);
    }

    /// Batches per epoch: every clip once, in random order. A remainder too small for batch normalisation is
    /// left out.
    int batches() {
        return Math.max(1, (clips.size() + settings.batch() / 2) / settings.batch());
    }

    /// @param epoch from 1
    /// @return false when the sink ended it
    boolean epoch(int epoch, Sink sink) {
        SplittableRandom random = new SplittableRandom(settings.seed() * 1_000_003 + epoch);
        shuffle(random);
        CompletableFuture<Batch> next = prepare(0, random);
        for (int number = 0; number < batches(); number++) {
            Batch batch = next.join();
            if (number + 1 < batches()) {
                next = prepare(number + 1, random);
            }
            if (!sink.accept(batch)) {
                next.join();
                return false;
            }
        }
        return true;
    }

    /// Interrupts do not affect the join: they end the training after the batch.
    private CompletableFuture<Batch> prepare(int number, SplittableRandom random) {
        return CompletableFuture.supplyAsync(() -> batch(number, random), thread);
    }

    private void shuffle(SplittableRandom random) {
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private Batch batch(int number, SplittableRandom random) {
        int from = number * settings.batch();
        int count = Math.min(settings.batch(), order.length - from);
        int length = spectra.spec().frames() * spectra.spec().width();
        float[][] frames = new float[count][length];
        float[] targets = new float[count * words.size()];
        for (int i = 0; i < count; i++) {
            Clip clip = clips.get(order[from + i]);
            augmenter.sound(clip.samples(), random, sound);
            spectrum.compute(sound, frames[i]);
            spectra.normalise(frames[i]);
            augmenter.mask(frames[i], random);
            label(targets, i, words.indexOf(clip.word()));
        }
        if (settings.augmentation().mixup() > 0) {
            targets = Mixup.apply(frames, targets, settings.augmentation().mixup(), random);
        }
        return new Batch(count, joined(frames), targets);
    }

    private void label(float[] targets, int clip, int word) {
        float spread = (float) settings.labelSmoothing() / words.size();
        for (int i = 0; i < words.size(); i++) {
            targets[clip * words.size() + i] = spread + (i == word ? 1 - (float) settings.labelSmoothing() : 0);
        }
    }

    private static float[] joined(float[][] frames) {
        int length = frames[0].length;
        float[] out = new float[frames.length * length];
        for (int clip = 0; clip < frames.length; clip++) {
            System.arraycopy(frames[clip], 0, out, clip * length, length);
        }
        return out;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
