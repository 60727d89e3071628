package dev.headwater.cli.demo;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.cli.TopicReader;
import dev.headwater.forecasting.network.Network;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The two ends of the live stream: sends a slot's readings, and takes in the forecasts that come back.
final class LiveFeed implements AutoCloseable {

    private final Feed feed;
    private final Network network;
    private final LiveScore score;
    private final ReadingCodec readings;
    private final ForecastCodec forecasts;
    private final KafkaProducer<String, byte[]> producer;
    private final TopicReader reader;
    private final float[] slotValues; // [sensor]
    private final float[] reading = new float[1];

    LiveFeed(Feed feed, ClientConfig client, LiveScore score) {
        this.feed = feed;
        this.network = feed.history().network();
        this.score = score;
        this.readings = new ReadingCodec(network);
        this.forecasts = new ForecastCodec(network);
        this.producer = client.openProducer("headwater-demo", new ByteArraySerializer());
        this.reader = TopicReader.open(client, Topics.of(network).forecasts());
        this.slotValues = new float[feed.sensors().size()];
    }

    /// Sends every sensor's reading of a slot.
    void send(long slot) {
        feed.values().at(slot, slotValues);
        String topic = Topics.of(network).readings();
        long time = network.clock().startMillis(slot);
        for (int s = 0; s < slotValues.length; s++) {
            String sensor = feed.sensors().get(s);
            reading[0] = slotValues[s];
            producer.send(new ProducerRecord<>(
                    topic, null, time, sensor, readings.encode(reading, ValueFormat.JSON)));
            score.sent(sensor, slot, slotValues[s]);
        }
        producer.flush();
    }

    /// Takes in what has come, waiting a moment when there is nothing.
    void receive() {
        for (ConsumerRecord<String, byte[]> record : reader.poll()) {
            score.received(forecasts.decode(record.value()));
        }
    }

    @Override
    public void close() {
        producer.close();
        reader.close();
    }
}
