package dev.headwater.streams;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The answer to an HTTP request.
///
/// @param headers besides the type of the body
record HttpAnswer(int status, String type, String body, Map<String, String> headers) {

    private static final String TEXT_TYPE = "text/plain; charset=utf-8";
    private static final String JSON_TYPE = "application/json";

    static HttpAnswer text(int status, String body) {
        return new HttpAnswer(status, TEXT_TYPE, body, Map.of());
    }

    /// One line of JSON.
    static HttpAnswer json(int status, Object body, Map<String, String> headers) {
        return new HttpAnswer(status, JSON_TYPE, JsonMapper.shared().writeValueAsString(body) + "\n", headers);
    }

    static HttpAnswer json(Object body) {
        return json(200, body, Map.of());
    }

    /// One line of JSON that says what is wrong.
    static HttpAnswer error(int status, String fault) {
        return json(status, Map.of("error", fault), Map.of());
    }
}
