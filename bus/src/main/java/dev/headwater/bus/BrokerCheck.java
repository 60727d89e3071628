package dev.headwater.bus;

import dev.headwater.forecasting.Printable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;

/// The result of checking, for a few seconds at most, whether Kafka answers.
///
/// @param found   the result in words
/// @param answers true when a broker answers
public record BrokerCheck(String found, boolean answers) {

    private static final int CONNECT_MILLIS = 1_000;
    private static final String ANSWER_MILLIS = "3000";
    private static final int MAX_REFUSAL = 80;

    /// Asks the servers; throws nothing.
    public static BrokerCheck of(ClientConfig client) {
        String servers = client.bootstrapServers();
        if (Arrays.stream(servers.split(",", -1)).noneMatch(BrokerCheck::listens)) {
            return new BrokerCheck("nothing listens at " + servers + "; `headwater broker` starts one", false);
        }
        try (Admin admin = impatient(client).openAdmin("headwater-doctor")) {
            int nodes = BrokerAnswer.of(admin.describeCluster().nodes()).size();
            return new BrokerCheck("answers at " + servers + ", brokers: " + nodes, true);
        } catch (TimeoutException e) {
            return new BrokerCheck("something listens at " + servers + ", but answers no Kafka request", false);
        } catch (KafkaException e) {
            String refusal = Printable.shortened(String.valueOf(e.getMessage()), MAX_REFUSAL);
            return new BrokerCheck("answers at " + servers + ", but refuses: " + refusal, false);
        }
    }

    /// The same client with shorter timeouts: a check must not take ten seconds.
    private static ClientConfig impatient(ClientConfig client) {
        Map<String, String> overrides = new HashMap<>(client.overrides());
        overrides.put("admin.default.api.timeout.ms", ANSWER_MILLIS);
        overrides.put("admin.request.timeout.ms", ANSWER_MILLIS);
        return new ClientConfig(client.bootstrapServers(), overrides);
    }

    private static boolean listens(String server) {
        int colon = server.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            InetAddress host = InetAddress.getByName(server.substring(0, colon).strip());
            int port = Integer.parseInt(server.substring(colon + 1).strip());
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            return true;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return false;
        }
    }
}
