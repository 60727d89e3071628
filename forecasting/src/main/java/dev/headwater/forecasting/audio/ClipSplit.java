package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Clips split into a training, a validation and a test part.
///
/// @param by         how they were split
/// @param train      clips for training
/// @param validation clips for every choice
/// @param test       clips for the test, used once
public record ClipSplit(By by, List<Clip> train, List<Clip> validation, List<Clip> test) {

    /// How clips are split.
    public enum By {
        /// No speaker is in two parts: 70 / 15 / 15 %. Speakers are ordered by the SHA-256 of their id, so that
        /// the order of two speakers does not depend on which others exist.
        SPEAKER,
        /// Drawn at random with the seed: 80 / 10 / 10 %. A speaker may be in all parts, so the accuracy is
        /// optimistic.
        RANDOM;

        /// Label in settings and reports.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The way to split with that label.
        public static By of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    private static final double SPEAKERS_TRAIN = 0.7;
    private static final double SPEAKERS_HELD = 0.15;
    private static final double RANDOM_TRAIN = 0.8;

    public ClipSplit {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        if (train.isEmpty() || validation.isEmpty() || test.isEmpty()) {
            throw new InvalidInputException("clips split by " + by.label() + ": each part must have one or more, found "
                    + train.size() + ", " + validation.size() + " and " + test.size() + " clips");
        }
    }

    /// Splits the clips; each part keeps the order of the list.
    ///
    /// @param seed seed of the random split
    /// @throws InvalidInputException when there are too few speakers or clips for three parts
    public static ClipSplit of(List<Clip> clips, By by, long seed) {
        return switch (by) {
            case SPEAKER -> bySpeaker(clips);
            case RANDOM -> byChance(clips, seed);
        };
    }

    public List<Clip> part(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    private static ClipSplit bySpeaker(List<Clip> clips) {
        Map<String, List<Clip>> speakers = new TreeMap<>(); // key: hash of the speaker's id
        for (Clip clip : clips) {
            speakers.computeIfAbsent(hash(clip.speaker()), hash -> new ArrayList<>())
                    .add(clip);
        }
        Map<String, Integer> parts = new LinkedHashMap<>();
        int seen = 0;
        for (Map.Entry<String, List<Clip>> speaker : speakers.entrySet()) {
            seen += speaker.getValue().size();
            double share = (double) seen / clips.size();
            parts.put(speaker.getKey(), share <= SPEAKERS_TRAIN ? 0 : share <= SPEAKERS_TRAIN + SPEAKERS_HELD ? 1 : 2);
        }
        List<List<Clip>> parted = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Clip clip : clips) {
            parted.get(parts.getOrDefault(hash(clip.speaker()), 0)).add(clip);
        }
        return new ClipSplit(By.SPEAKER, parted.get(0), parted.get(1), parted.get(2));
    }

    /// SHA-256 over the clips' names and samples, part by part, in order.
    public String fingerprint() {
        MessageDigest digest = sha256();
        for (List<Clip> part : List.of(train, validation, test)) {
            for (Clip clip : part) {
                digest.update(clip.source().getBytes(StandardCharsets.UTF_8));
                byte[] bytes = new byte[clip.samples().length * Short.BYTES];
                ByteBuffer.wrap(bytes).asShortBuffer().put(clip.samples());
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String hash(String speaker) {
        return HexFormat.of().formatHex(sha256().digest(speaker.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static ClipSplit byChance(List<Clip> clips, long seed) {
        List<Clip> drawn = new ArrayList<>(clips);
        Collections.shuffle(drawn, new Random(seed));
        int train = (int) (RANDOM_TRAIN * drawn.size());
        int held = (drawn.size() - train) / 2;
        return new ClipSplit(
                By.RANDOM,
                drawn.subList(0, train),
                drawn.subList(train, train + held),
                drawn.subList(train + held, drawn.size()));
    }
}
