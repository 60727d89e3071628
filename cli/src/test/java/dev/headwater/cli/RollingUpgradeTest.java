package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Two `serve` of an older build, with a model of that version, become two of this one while readings flow:
/// `benchmarks/chaos -Dheadwater.chaos.older=CHECKOUT`, where the checkout is built.
class RollingUpgradeTest extends ChaosFixture {

    private static final String OLDER = System.getProperty("headwater.chaos.older", "");

    @Test
    void noForecastIsLostOrDoubledByAnUpgrade() throws Exception {
        assumeTrue(!OLDER.isEmpty(), "-Dheadwater.chaos.older names no checkout of an older version");
        // Given
        Path older = Path.of(OLDER, "cli", "target", "headwater", "headwater.jar");

        // When, then none is missing or doubled after any step
        List<Chaos.Outage> outages =
                run(OldArtefactTest.in(folder), older.toRealPath().toString(), (chaos, cluster, first, second) -> {
                    chaos.restart("upgrade", first);
                    chaos.step("one of each version", () -> {});
                    chaos.restart("upgrade", second);
                    chaos.step("nothing", () -> {});
                });
        assertThat(outages).hasSize(5);
    }
}
