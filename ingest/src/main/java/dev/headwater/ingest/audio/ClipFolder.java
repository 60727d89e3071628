package dev.headwater.ingest.audio;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.network.AudioSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Reads a folder of spoken words in the layout of Speech Commands (Warden 2018): a folder per word, in it a WAV
/// file per utterance, `SPEAKER_nohash_N.wav`.
public final class ClipFolder {

    private static final String SPEAKER_END = "_nohash_";
    private static final int MAX_NAMED = 40;

    private final Path folder;
    private final AudioSpec spec;
    private final Consumer<String> notice;
    private final List<Clip> clips = new ArrayList<>();
    private final Map<String, Integer> converted = new TreeMap<>(); // number of files by their format
    private int padded;
    private int cut;

    private ClipFolder(Path folder, AudioSpec spec, Consumer<String> notice) {
        this.folder = folder;
        this.spec = spec;
        this.notice = notice;
    }

    /// Reads the clips of the network's words, sorted by word, then by file; hidden files and other kinds of
    /// file are skipped. Short clips are padded with silence, long ones are cut.
    ///
    /// @param notice receives a line for the user about skipped words and about padded, cut or converted clips
    /// @throws InvalidInputException when there is no such folder, no clip of any word, or a file is damaged
    public static List<Clip> read(Path folder, AudioSpec spec, Consumer<String> notice) {
        ClipFolder reading = new ClipFolder(folder, spec, notice);
        reading.readWords();
        reading.tell();
        return List.copyOf(reading.clips);
    }

    private void readWords() {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException(folder + ": must be a folder with a folder of WAV files per word, found "
                    + (Files.exists(folder) ? "a file" : "none"));
        }
        List<String> found = names(folder, Files::isDirectory);
        List<String> others =
                found.stream().filter(name -> !spec.words().contains(name)).toList();
        if (!others.isEmpty()) {
            notice.accept(folder + ": passed over, not among the network's words: " + shortened(others));
        }
        spec.words().stream().sorted().filter(found::contains).forEach(this::readWord);
        List<String> silent = spec.words().stream()
                .filter(word -> clips.stream().noneMatch(clip -> clip.word().equals(word)))
                .toList();
        if (clips.isEmpty()) {
            throw new InvalidInputException(folder + ": must hold folders of WAV files named after the words "
                    + spec.words() + ", found " + (found.isEmpty() ? "no folder" : shortened(found)));
        }
        if (!silent.isEmpty()) {
            notice.accept(folder + ": no clips of " + shortened(silent));
        }
    }

    private void readWord(String word) {
        Path wordFolder = folder.resolve(word);
        for (String file : names(wordFolder, path -> Clip.isNamed(name(path)) && Files.isRegularFile(path))) {
            WavFile.Sound sound = WavFile.read(wordFolder.resolve(file), spec.sampleRate());
            if (sound.convertedFrom() != null) {
                converted.merge(sound.convertedFrom(), 1, Integer::sum);
            }
            clips.add(new Clip(word, speaker(file), file, fitted(sound.samples())));
        }
    }

    private short[] fitted(short[] samples) {
        padded += samples.length < spec.clip() ? 1 : 0;
        cut += samples.length > spec.clip() ? 1 : 0;
        return samples.length == spec.clip() ? samples : Arrays.copyOf(samples, spec.clip());
    }

    private void tell() {
        converted.forEach((kind, files) -> notice.accept(
                folder + ": " + WavFile.conversion(kind, spec.sampleRate()) + ", " + Words.count(files, "file")));
        if (padded > 0) {
            notice.accept(folder + ": shorter than " + spec.clip() + " samples, silence added: " + padded + " of "
                    + Words.count(clips.size(), "clip"));
        }
        if (cut > 0) {
            notice.accept(folder + ": longer than " + spec.clip() + " samples, the rest passed over: " + cut + " of "
                    + Words.count(clips.size(), "clip"));
        }
    }

    /// The speaker, from the file name of Speech Commands; a file with another name counts as its own speaker.
    static String speaker(String file) {
        int end = file.indexOf(SPEAKER_END);
        return end < 0 ? file : file.substring(0, end);
    }

    private static List<String> names(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.filter(wanted)
                    .map(ClipFolder::name)
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw InvalidInputException.unreadable(folder.toString(), folder, e);
        }
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }

    private static String shortened(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(MAX_NAMED, names.size())));
        return names.size() > MAX_NAMED ? shown + " and " + (names.size() - MAX_NAMED) + " more" : shown;
    }
}
