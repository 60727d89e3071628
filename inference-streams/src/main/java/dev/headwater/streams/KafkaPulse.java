package dev.headwater.streams;

import dev.headwater.bus.BrokerAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks Kafka every few seconds whether it answers: a stream without a broker stays in the state RUNNING. Any
/// broker's answer counts; a partition without a leader shows in the pending forecasts.
public final class KafkaPulse implements AutoCloseable {

    /// Silence after which Kafka counts as gone: longer than a broker's restart or a change of leaders usually takes.
    public static final Duration LOST_AFTER = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPulse.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final String servers;
    private final Admin admin;
    private final Duration lostAfter;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long answered = System.nanoTime();
    private boolean told;

    private KafkaPulse(StreamSettings settings, String network, Duration lostAfter) {
        this.servers = settings.client().bootstrapServers();
        this.admin = settings.client().openAdmin(settings.clientId() + "-pulse");
        this.lostAfter = lostAfter;
        this.thread =
                Thread.ofPlatform().daemon().name("headwater-pulse-" + network).unstarted(this::ask);
    }

    /// Starts asking. Kafka counts as connected until it has been silent for [#LOST_AFTER].
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when Kafka refuses a setting
    public static KafkaPulse start(StreamSettings settings, String network, MeterRegistry registry) {
        return start(settings, network, registry, LOST_AFTER);
    }

    static KafkaPulse start(StreamSettings settings, String network, MeterRegistry registry, Duration lostAfter) {
        KafkaPulse pulse = new KafkaPulse(settings, network, lostAfter);
        String says = "1 while Kafka answers, 0 once it has not for " + LOST_AFTER.toSeconds() + " s";
        new Meters(registry, network)
                .gauge("headwater.kafka.connected", null, says, pulse, asked -> asked.isConnected() ? 1 : 0);
        pulse.thread.start();
        return pulse;
    }

    /// False once Kafka has not answered for too long, until it answers again.
    public boolean isConnected() {
        return silence().compareTo(lostAfter) < 0;
    }

    private Duration silence() {
        return Duration.ofNanos(System.nanoTime() - answered);
    }

    private void ask() {
        DescribeClusterOptions soon = new DescribeClusterOptions().timeoutMs(Math.toIntExact(ANSWER_WITHIN.toMillis()));
        try {
            do {
                askOnce(soon);
            } while (!closing.await(ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Any failure counts as no answer, and the thread continues.
    private void askOnce(DescribeClusterOptions soon) {
        try {
            BrokerAnswer.of(admin.describeCluster(soon).nodes());
            tellFound();
            answered = System.nanoTime();
        } catch (RuntimeException e) {
            tellLost(e);
        }
    }

    private void tellFound() {
        if (told) {
            LOG.info("Kafka at {} answers again, after {} s", servers, silence().toSeconds());
            told = false;
        }
    }

    /// Logs each outage once.
    private void tellLost(RuntimeException reason) {
        if (!told && !isConnected() && closing.getCount() > 0) {
            LOG.warn(
                    "Kafka at {} has not answered for {} s, trying on; no forecasts until it does ({})",
                    servers,
                    silence().toSeconds(),
                    reason.getMessage());
            told = true;
        }
    }

    /// Stops asking.
    @Override
    public void close() {
        closing.countDown();
        admin.close(Duration.ZERO);
    }
}
