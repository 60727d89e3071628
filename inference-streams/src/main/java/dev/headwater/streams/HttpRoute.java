package dev.headwater.streams;

import java.util.function.Function;

/// What [HealthEndpoints] answers to requests of a path.
///
/// @param method  `GET`, which also answers `HEAD`, or `POST`
/// @param path    a whole path such as `/status`, or one that ends with `/*` and stands for all paths that begin so
/// @param handler receives what the request has in place of `*`, still encoded; the empty string without one. Runs on
///                a thread of its own, several at a time. The body of a request is not read
public record HttpRoute(String method, String path, Function<String, Answer> handler) {

    static final String GET = "GET";
    private static final String POST = "POST";
    private static final String REST = "*";

    /// @param type content type
    public record Answer(int status, String type, String body) {

        private static final String TEXT = "text/plain; charset=utf-8";
        private static final String JSON = "application/json";

        public static Answer text(int status, String body) {
            return new Answer(status, TEXT, body);
        }

        /// @param body a JSON value; a line end is added
        public static Answer json(int status, String body) {
            return new Answer(status, JSON, body + "\n");
        }
    }

    public static HttpRoute get(String path, Function<String, Answer> handler) {
        return new HttpRoute(GET, path, handler);
    }

    public static HttpRoute post(String path, Function<String, Answer> handler) {
        return new HttpRoute(POST, path, handler);
    }

    boolean isGet() {
        return method.equals(GET);
    }

    boolean matches(String raw) {
        return path.endsWith("/" + REST)
                ? raw.startsWith(fixed()) && raw.length() > fixed().length()
                : raw.equals(path);
    }

    Answer answer(String raw) {
        return handler.apply(raw.substring(fixed().length()));
    }

    private String fixed() {
        return path.endsWith("/" + REST) ? path.substring(0, path.length() - REST.length()) : path;
    }
}
