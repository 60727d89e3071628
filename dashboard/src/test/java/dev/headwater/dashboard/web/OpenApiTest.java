package dev.headwater.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ClientConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private final JsonNode document =
            JsonMapper.shared().readTree(new String(Api.resource("/openapi.json"), StandardCharsets.UTF_8));

    @Test
    void describesEveryRouteAndNoOther() {
        // Given the routes of the server
        Api api = new Api(Map.of(), ClientConfig.of("localhost:1"), null);
        List<String> routes = new ArrayList<>(api.routes().stream()
                .map(route -> route.method().name().toLowerCase(Locale.ROOT) + " " + route.path())
                .toList());
        routes.add("get " + Api.EVENTS);

        // When
        List<String> described = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> described.add(method + " " + path.getKey())));

        // Then
        assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void describesEachParameterOfAPath() {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    List<String> described = new ArrayList<>();
                    operation.path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asString().equals("path")) {
                            described.add(parameter.path("name").asString());
                        }
                    });
                    List<String> inPath = PARAMETER
                            .matcher(path.getKey())
                            .results()
                            .map(found -> found.group(1))
                            .toList();
                    assertThat(described).as(path.getKey()).containsExactlyInAnyOrderElementsOf(inPath);
                }));
    }

    @Test
    void refersOnlyToWhatItDefines() {
        Matcher references = Pattern.compile("\"#/([^\"]+)\"").matcher(document.toString());
        int count = 0;
        while (references.find()) {
            assertThat(document.at("/" + references.group(1)).isMissingNode())
                    .as(references.group(1))
                    .isFalse();
            count++;
        }
        assertThat(count).isPositive();
    }
}
