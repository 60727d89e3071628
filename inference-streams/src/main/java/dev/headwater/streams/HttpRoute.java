package dev.headwater.streams;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// What [HealthEndpoints] answers to requests of a path.
///
/// @param method  `GET`, which also answers `HEAD`, or `POST`
/// @param path    a whole path such as `/status`, or one that ends with `/*` and stands for all paths that begin so
/// @param handler runs on a thread of its own, several at a time. The body of a request is not read
public record HttpRoute(String method, String path, Function<Request, Answer> handler) {

    static final String GET = "GET";
    private static final String POST = "POST";
    private static final String REST = "*";

    /// What is asked, still encoded as in the URL.
    ///
    /// @param path  all of the path
    /// @param rest  what the path has in place of `*`; the empty string without one
    /// @param query what follows the question mark; the empty string without one
    public record Request(String path, String rest, String query) {}

    /// @param type    content type
    /// @param headers besides the content type
    public record Answer(int status, String type, String body, Map<String, String> headers) {

        private static final String TEXT = "text/plain; charset=utf-8";
        private static final String JSON = "application/json";

        public Answer(int status, String type, String body) {
            this(status, type, body, Map.of());
        }

        public static Answer text(int status, String body) {
            return new Answer(status, TEXT, body);
        }

        /// @param body a JSON value; a line end is added
        public static Answer json(int status, String body) {
            return new Answer(status, JSON, body + "\n");
        }
    }

    public static HttpRoute get(String path, Function<Request, Answer> handler) {
        return new HttpRoute(GET, path, handler);
    }

    public static HttpRoute post(String path, Function<Request, Answer> handler) {
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

    /// @param uri its path matches
    Answer answer(URI uri) {
        String raw = uri.getRawPath();
        String query = Objects.requireNonNullElse(uri.getRawQuery(), "");
        return handler.apply(new Request(raw, raw.substring(fixed().length()), query));
    }

    private String fixed() {
        return path.endsWith("/" + REST) ? path.substring(0, path.length() - REST.length()) : path;
    }
}
