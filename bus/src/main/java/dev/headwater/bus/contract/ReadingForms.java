package dev.headwater.bus.contract;

import dev.headwater.bus.FrameCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.ValueFormat;
import dev.headwater.bus.contract.MessageForm.Example;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The forms of a reading: JSON or binary; a frame of sound is binary only.
///
/// @param prefix  of the names of messages and schemas
record ReadingForms(SensorNetwork network, String prefix) {

    private static final String TIME = "Record time: the event time, when it was measured.";
    private static final String NUMBERS =
            "A number per measure, in this order: %s. Big-endian: the byte 0x9E, the version 1, a float32 per measure;"
                    + " NaN is missing. An example in hexadecimal: %s. " + TIME;
    private static final String FRAME =
            "A frame of sound of %d ms: the byte 0x9E, the version 2, the kind 1, and %d samples of 16 bits at %d Hz,"
                    + " one channel, little-endian. A frame without samples, in hexadecimal %s, says that the source has"
                    + " ended. Record time: that of the first sample.";

    /// The name of the schema.
    String schema() {
        return prefix + ".reading";
    }

    List<MessageForm> all() {
        AudioSpec audio = network.audio();
        return audio == null ? List.of(json(), numbers()) : List.of(frame(audio));
    }

    /// What they are, for people.
    String words() {
        return network.audio() == null
                ? "JSON or binary: " + measures()
                : "binary: a frame of " + network.interval().toMillis() + " ms of sound";
    }

    private String measures() {
        return network.measures().stream()
                .map(measure -> measure.name() + unit(measure))
                .collect(Collectors.joining(", "));
    }

    private static String unit(Measure measure) {
        return measure.unit().isEmpty() ? "" : " (" + measure.unit() + ")";
    }

    private MessageForm json() {
        ReadingCodec codec = new ReadingCodec(network);
        ExampleValues values = new ExampleValues(network);
        return MessageForm.json(
                        schema(),
                        "Reading in JSON",
                        "What a sensor reported at one time. " + TIME,
                        key(),
                        Tree.reference("components", "schemas", schema()),
                        Example.of(
                                "reading",
                                "A value of each measure.",
                                codec.encode(values.reading(), ValueFormat.JSON)),
                        Example.of(
                                "missing", "Nothing was measured.", codec.encode(values.missing(), ValueFormat.JSON)))
                .withFormat(ValueFormat.JSON);
    }

    private MessageForm numbers() {
        byte[] example = new ReadingCodec(network).encode(new ExampleValues(network).reading(), ValueFormat.BINARY);
        return binary("Reading in binary", NUMBERS.formatted(measures(), hex(example)), example.length, example.length);
    }

    private MessageForm frame(AudioSpec audio) {
        FrameCodec codec = new FrameCodec(network, audio);
        byte[] end = codec.encode(new short[0]);
        int samples = audio.frameSamples(network.interval());
        int longest = codec.encode(new short[samples]).length;
        return binary(
                "Frame of sound",
                FRAME.formatted(network.interval().toMillis(), samples, audio.sampleRate(), hex(end)),
                end.length,
                longest);
    }

    private MessageForm binary(String title, String description, int fewest, int most) {
        String bytes = fewest == most ? most + " bytes." : fewest + " or " + most + " bytes.";
        return MessageForm.binary(schema() + "-binary", title, description, key(), bytes);
    }

    private ObjectNode key() {
        return Keys.sensor(network.audio() == null ? "The sensor's id" : "Whose sound it is");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
