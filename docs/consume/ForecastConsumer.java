import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Prints the forecasts on a topic, from its beginning, until it is stopped. Arguments: HOST:PORT TOPIC
class ForecastConsumer {

    public static void main(String[] args) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", args[0],
                "group.id", "forecast-consumer",
                "auto.offset.reset", "earliest", // where the group has not read before
                "isolation.level", "read_committed"); // leaves out what a stream with exactly-once has taken back
        StringDeserializer text = new StringDeserializer();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
            consumer.subscribe(List.of(args[1]));
            while (true) {
                consumer.poll(Duration.ofSeconds(1)).forEach(ForecastConsumer::print);
            }
        }
    }

    private static void print(ConsumerRecord<String, String> record) {
        JsonNode forecast = JsonMapper.shared().readTree(record.value());
        Instant issuedAt = Instant.parse(forecast.get("issuedAt").asString());
        String head = forecast.get("sensor").asString() + " at " + issuedAt;
        if (forecast.has("abstained")) {
            System.out.println(head + ": no forecast, " + forecast.get("abstained").asString());
            return;
        }
        int last = forecast.get("values").size() - 1; // value i is for issuedAt + (i + 1) * intervalSeconds
        long millis = Math.round(1000 * (last + 1) * forecast.get("intervalSeconds").asDouble());
        String bounds = forecast.has("level")
                ? ", from " + forecast.at("/lower/" + last) + " to " + forecast.at("/upper/" + last)
                        + " with probability " + forecast.get("level")
                : "";
        System.out.println(head + ": " + forecast.at("/values/" + last) + " at " + issuedAt.plusMillis(millis) + bounds);
    }
}
