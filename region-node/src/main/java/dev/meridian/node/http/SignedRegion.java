package dev.meridian.node.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** The region a request was signed for, from the credential scope of its signature. */
final class SignedRegion {

    private static final int REGION_IN_SCOPE = 2;

    private SignedRegion() {}

    /** Empty where the request is not signed. */
    static Optional<String> of(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            return inScope(authorization, "Credential=");
        }
        String query = request.query();
        return query == null
                ? Optional.empty()
                : inScope(query.replace("%2F", "/").replace("%2f", "/"), "X-Amz-Credential=");
    }

    private static Optional<String> inScope(String text, String marker) {
        int from = text.indexOf(marker);
        if (from < 0) {
            return Optional.empty();
        }
        String[] scope =
                text.substring(from + marker.length()).split("[,& ]", 2)[0].split("/", -1);
        return scope.length > REGION_IN_SCOPE ? Optional.of(scope[REGION_IN_SCOPE]) : Optional.empty();
    }
}
