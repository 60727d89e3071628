package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {

    @TempDir
    private Path root;

    private ModelRegistry.Published publish(long seed) {
        return new ModelRegistry(root).publish(Models.small(seed));
    }

    @Test
    void versionsCountUpAndTheLastIsTheLatest() throws IOException {
        // When
        ModelRegistry.Published first = publish(1);
        ModelRegistry.Published second = publish(2);

        // Then
        assertThat(first.model().manifest().id()).isEqualTo("seq2seq-gru@1");
        assertThat(second.model().manifest().id()).isEqualTo("seq2seq-gru@2");
        assertThat(second.file()).isEqualTo(root.resolve("made-up/2/model.zip"));
        assertThat(root.resolve("made-up/latest")).hasContent("2\n");
        assertThat(new ModelRegistry(root).list())
                .containsExactly(
                        new ModelRegistry.Entry("made-up", 1, first.file(), false, false, false),
                        new ModelRegistry.Entry("made-up", 2, second.file(), true, false, false));
        try (Stream<Path> left = Files.walk(root)) {
            assertThat(left.filter(path -> path.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void loadsFromWhereverAUserPoints() {
        // Given
        publish(1);
        publish(2);

        // Then
        assertThat(version("made-up/1/model.zip")).isEqualTo(1);
        assertThat(version("made-up/1")).isEqualTo(1);
        assertThat(version("made-up/latest")).isEqualTo(2);
        assertThat(version("made-up")).isEqualTo(2);
    }

    private int version(String path) {
        return ModelRegistry.load(root.resolve(path)).manifest().version();
    }

    @Test
    void tenVersionsComeInTheOrderOfNumbers() {
        // When
        for (int i = 0; i < 11; i++) {
            publish(i);
        }

        // Then
        assertThat(new ModelRegistry(root).list())
                .extracting(ModelRegistry.Entry::version)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 11).boxed().toList());
        assertThat(version("made-up/latest")).isEqualTo(11);
    }

    @Test
    void publishersAtTheSameTimeGetDistinctVersionsAndTheNewestStays() throws Exception {
        // Given
        int publishers = 24;
        List<Integer> versions = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<ModelRegistry.Published>> published = new ArrayList<>();

            // When
            for (int i = 0; i < publishers; i++) {
                int seed = i;
                published.add(pool.submit(() -> publish(seed)));
            }
            for (Future<ModelRegistry.Published> one : published) {
                versions.add(one.get().model().manifest().version());
            }
        }

        // Then
        assertThat(versions)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, publishers).boxed().toList());
        assertThat(version("made-up/latest")).isEqualTo(publishers);
        for (int version : versions) {
            assertThat(version("made-up/" + version)).isEqualTo(version);
        }
    }

    @Test
    void aVersionThatWasNeverFinishedIsNeitherListedNorTaken() throws IOException {
        // Given: a publisher that died after claiming version 1
        Files.createDirectories(root.resolve("made-up/1"));
        Files.writeString(root.resolve("made-up/notes.txt"), "not a version");

        // When
        ModelRegistry.Published published = publish(1);

        // Then
        assertThat(published.model().manifest().version()).isEqualTo(2);
        assertThat(new ModelRegistry(root).list())
                .extracting(ModelRegistry.Entry::version)
                .containsExactly(2);
        assertThat(version("made-up")).isEqualTo(2);
    }

    @Test
    void saysWhichModelIsDamagedOrMissing() throws IOException {
        // Given
        Path file = publish(1).file();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        // Then
        assertThatThrownBy(() -> ModelRegistry.load(root.resolve("made-up")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(file + ": damaged");
        assertThatThrownBy(() -> ModelRegistry.load(root.resolve("made-up/9")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(root.resolve("made-up/9").toString())
                .hasMessageContaining("headwater models list");
        assertThatThrownBy(() -> ModelRegistry.load(root)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void pointsToTheChampion() throws IOException {
        // Given three versions
        IntStream.range(0, 3).forEach(this::publish);
        ModelRegistry registry = new ModelRegistry(root);
        // When the second is made champion, then the pointer loads it
        assertThat(ModelRegistry.makeChampion(root.resolve("made-up/2"))).isEqualTo(2);
        assertThat(version("made-up/champion")).isEqualTo(2);
        assertThat(version("made-up/latest")).isEqualTo(3);
        assertThat(registry.list())
                .filteredOn(ModelRegistry.Entry::champion)
                .extracting(ModelRegistry.Entry::version)
                .containsExactly(2);
        // and a model outside a registry is refused
        Path elsewhere = Files.copy(root.resolve("made-up/1/model.zip"), root.resolve("copy.zip"));
        assertThatThrownBy(() -> ModelRegistry.makeChampion(elsewhere))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be a version in a registry");
        assertThatThrownBy(() -> ModelRegistry.makeChampion(root.resolve("made-up/9")))
                .hasMessageContaining("must be a version in a registry");
    }

    @Test
    void theBetterOneBecomesChampionAndAnOldOneThatCannotBeReadIsNoHindrance() throws IOException {
        // Given
        ModelRegistry registry = new ModelRegistry(root);
        ModelRegistry.Published first = registry.publish(Models.judged(3));
        ModelRegistry.Published worse = registry.publish(Models.judged(4));
        ModelRegistry.Published better = registry.publish(Models.judged(2));
        ModelRegistry.Published last = registry.publish(Models.judged(9));

        // When / Then
        assertThat(registry.promote(first)).isEqualTo(new ChampionVerdict(true, "the first champion"));
        assertThat(registry.promote(worse).promoted()).isFalse();
        assertThat(registry.promote(better).promoted()).isTrue();
        assertThat(version("made-up/champion")).isEqualTo(3);

        // When the champion has an unsupported format
        byte[] old = Resealed.json(
                Files.readAllBytes(better.file()), "manifest.json", manifest -> manifest.put("format", 1));
        Files.write(better.file(), old);
        ChampionVerdict verdict = registry.promote(last);

        // Then
        assertThat(verdict.promoted()).isTrue();
        assertThat(verdict.reason())
                .startsWith("the one before cannot be read: ")
                .contains("model format must be 3 or 4, found 1");
        assertThat(version("made-up/champion")).isEqualTo(4);
    }

    @Test
    void ofTrainingsInSeveralProcessesTheBestIsChampion() throws Exception {
        // Given processes that publish and promote models at the same time, better and worse ones mixed
        List<Process> racers = new ArrayList<>();
        for (int racer = 0; racer < RegistryRacer.RACERS; racer++) {
            racers.add(RegistryRacer.start(root, racer));
        }

        // When
        List<String> said = new ArrayList<>();
        for (Process racer : racers) {
            said.addAll(racer.inputReader().readAllLines());
            assertThat(racer.waitFor()).as(said.toString()).isZero();
        }

        // Then
        assertThat(said).hasSize(RegistryRacer.RACERS * RegistryRacer.MODELS);
        assertThat(said).filteredOn(line -> line.contains("the first champion")).hasSize(1);
        double best = said.stream()
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[0]))
                .min()
                .orElseThrow();
        ForecastModel champion = ModelRegistry.load(root.resolve("made-up/champion"));
        assertThat(champion.metrics().validation().mean().mae()).isEqualTo(best);
        assertThat(version("made-up/latest")).isEqualTo(said.size());
    }

    @Test
    void prefersTheChampionToTheNewest() {
        // Given
        ModelRegistry registry = new ModelRegistry(root);
        assertThat(registry.preferred("made-up")).isEmpty();
        // When there is no champion, then the newest is preferred
        IntStream.range(0, 2).forEach(this::publish);
        assertThat(registry.preferred("made-up"))
                .contains(new ModelRegistry.Preferred(
                        root.resolve("made-up/latest"), "the newest, for there is no champion"));
        // When an older version is made champion, then it is preferred
        ModelRegistry.makeChampion(root.resolve("made-up/1"));
        publish(2);
        assertThat(registry.preferred("made-up"))
                .contains(new ModelRegistry.Preferred(root.resolve("made-up/champion"), "the champion"));
        assertThat(registry.preferred("another")).isEmpty();
    }

    @Test
    void cleaningUpNeverTakesWhatIsInUse() {
        // Given seven versions, of which the second is champion and the third is pinned
        IntStream.range(0, 7).forEach(this::publish);
        ModelRegistry registry = new ModelRegistry(root);
        ModelRegistry.makeChampion(root.resolve("made-up/2"));
        ModelRegistry.pin(root.resolve("made-up/3"), true);
        ModelRegistry.pin(root.resolve("made-up/4"), true);
        ModelRegistry.pin(root.resolve("made-up/4"), false);
        // When two versions are kept, then the older ones are removable, except these
        assertThat(registry.removable("made-up", 2))
                .extracting(ModelRegistry.Entry::version)
                .containsExactly(1, 4, 5);
        assertThat(registry.removable("made-up", 0))
                .extracting(ModelRegistry.Entry::version)
                .containsExactly(1, 4, 5, 6);
        assertThat(registry.removable("made-up", 10)).isEmpty();
        assertThat(registry.removable("other", 0)).isEmpty();
        // When they are removed, then the others stay, and the next version gets a new number
        registry.removable("made-up", 2).forEach(registry::remove);
        assertThat(registry.list()).extracting(ModelRegistry.Entry::version).containsExactly(2, 3, 6, 7);
        assertThat(root.resolve("made-up/1")).doesNotExist();
        assertThat(publish(9).model().manifest().version()).isEqualTo(8);
    }

    @Test
    void anEmptyRegistryListsNothing() {
        // Then
        assertThat(new ModelRegistry(root.resolve("none")).list()).isEmpty();
    }

    @Test
    void saysSoWhenTheFolderCannotBeWritten() throws IOException {
        // Given
        Path file = Files.writeString(root.resolve("file"), "in the way");

        // Then
        assertThatThrownBy(() -> new ModelRegistry(file).publish(Models.small(1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("models folder " + file + " cannot be written");
    }
}
