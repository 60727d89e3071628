package dev.headwater.forecasting.text;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A YAML file as a tree, with the line number of each key.
public final class YamlText {

    private static final String RULE = "must be YAML, keys and values indented by spaces";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String source;
    private final boolean mayQuote;
    private final List<String> text;
    private final YAMLMapper mapper;
    private final Map<String, Integer> lines = new HashMap<>(); // by path: window.lookback, measures[0].name
    private final JsonNode root;

    private YamlText(String text, String source, boolean mayQuote, YAMLMapper mapper) {
        this.source = source;
        this.mayQuote = mayQuote;
        this.text = text.lines().toList();
        this.mapper = mapper;
        for (int i = 0; i < this.text.size(); i++) {
            if (CONTROL.matcher(this.text.get(i)).find()) {
                throw new InvalidInputException(source + ": must be text, found a control character" + line(i + 1));
            }
        }
        this.root = parse(text);
    }

    /// Reads a file. Reads YAML.
    ///
    /// @param source   name of the file in messages
    /// @param mayQuote false where the file may hold secrets: messages then quote nothing of it
    /// @throws InvalidInputException when it is not YAML, or a key occurs twice; a one-line message with the
    ///     line number
    public static YamlText read(byte[] bytes, String source, boolean mayQuote, YAMLMapper mapper) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInputException(source + ": must be text in UTF-8", e);
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return new YamlText(marked ? text.substring(1) : text, source, mayQuote, mapper);
    }

    /// The tree; missing when the file is empty.
    public JsonNode root() {
        return root;
    }

    /// ` (line 7)` for a key or its nearest enclosing key; empty when there is none.
    public String at(String path) {
        String key = path;
        while (!key.isEmpty() && !lines.containsKey(key)) {
            key = key.substring(0, Math.max(0, Math.max(key.lastIndexOf('.'), key.lastIndexOf('['))));
        }
        return line(lines.getOrDefault(key, 0));
    }

    /// Records that a key's value no longer comes from the file: messages then give no line.
    public void changed(String path) {
        lines.put(path, 0);
    }

    /// Records that a key has another name than in the file; it keeps its line.
    public void moved(String former, String path) {
        lines.put(path, lines.getOrDefault(former, 0));
    }

    /// The exception for a value that breaks a rule.
    ///
    /// @param rule what the value must be
    public InvalidInputException fault(String path, String rule, JsonNode found) {
        return new InvalidInputException(
                source + ": " + (path.isEmpty() ? "" : path + " ") + "must be " + rule + found(found) + at(path));
    }

    private String found(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return ", found none";
        }
        if (node.isContainer()) {
            return node.isArray() ? ", found a list" : ", found keys and values";
        }
        return mayQuote ? ", found " + Quote.of(node.asString()) : "";
    }

    private JsonNode parse(String yaml) {
        try (JsonParser parser = mapper.createParser(yaml)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode tree = value(parser, "");
            if (parser.nextToken() != null) {
                throw new InvalidInputException(source + ": must be one document, found another after ---"
                        + line(parser.currentTokenLocation().getLineNr()));
            }
            return tree;
        } catch (JacksonException e) {
            throw syntax(e.getLocation() == null ? 0 : e.getLocation().getLineNr(), e);
        }
    }

    private InvalidInputException syntax(int stated, JacksonException cause) {
        int tab = IntStream.rangeClosed(stated, stated + 1) // the parser may stop before the line of the tab
                .filter(number -> isIndentedByTab(text(number)))
                .findFirst()
                .orElse(0);
        int number = tab > 0 ? tab : stated;
        String line = text(number).strip();
        String found = tab > 0 ? ", found a tab" : line.isEmpty() || !mayQuote ? "" : ", found " + Quote.of(line);
        return new InvalidInputException(source + ": " + RULE + found + line(number), cause);
    }

    /// A line by its number, from 1; empty beyond the text.
    private String text(int number) {
        return number < 1 || number > text.size() ? "" : text.get(number - 1);
    }

    private static boolean isIndentedByTab(String line) {
        return line.substring(0, line.length() - line.stripLeading().length()).indexOf('\t') >= 0;
    }

    private static String line(int number) {
        return number < 1 ? "" : " (line " + number + ")";
    }

    private JsonNode value(JsonParser parser, String path) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return keys(parser, path);
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return parser.readValueAsTree();
        }
        ArrayNode list = mapper.createArrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String at = path + "[" + list.size() + "]";
            lines.put(at, parser.currentTokenLocation().getLineNr());
            list.add(value(parser, at));
        }
        return list;
    }

    private ObjectNode keys(JsonParser parser, String path) {
        ObjectNode object = mapper.createObjectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            String at = path.isEmpty() ? name : path + "." + name;
            int number = parser.currentTokenLocation().getLineNr();
            Integer before = lines.put(at, number);
            if (object.has(name)) {
                throw new InvalidInputException(source + ": key '" + at + "' must occur once, found it again"
                        + line(number) + " after line " + before);
            }
            parser.nextToken();
            object.set(name, value(parser, at));
        }
        return object;
    }
}
