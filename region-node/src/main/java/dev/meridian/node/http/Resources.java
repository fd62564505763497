package dev.meridian.node.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a door serves besides the DynamoDB API. A server on the loopback address takes control calls only from callers that
 * name the machine: a web page whose name was rebound to 127.0.0.1 still sends its own name as the host, and must not steer regions.
 */
final class Resources {

    private static final String CONTROL = "/_";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "[::1]", "localhost");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f:]*:[0-9a-f:.]*\\]?");

    private final List<HttpResource> resources;
    private volatile boolean onlyLocalNames;

    Resources(List<HttpResource> resources) {
        this.resources = List.copyOf(resources);
    }

    /** The door is about to listen there. */
    void bound(String host) {
        onlyLocalNames = LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Serves the request if its path is a resource's; says whether it was. */
    boolean serve(HttpServerRequest request) {
        String path = request.path() == null ? "/" : request.path();
        for (HttpResource resource : resources) {
            if (path.startsWith(resource.pathPrefix())) {
                HostAndPort authority = request.authority();
                if (!path.startsWith(CONTROL) || authority == null || admits(authority.host())) {
                    resource.handle(request);
                } else {
                    refuse(request);
                }
                return true;
            }
        }
        return false;
    }

    private boolean admits(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return !onlyLocalNames
                || LOOPBACK.contains(name)
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches();
    }

    private static void refuse(HttpServerRequest request) {
        request.response()
                .setStatusCode(403)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.SERVER, ServiceReply.SERVER)
                .end("{\"error\":\"this server is bound to the loopback address and is called by that or localhost; "
                        + "bind it with --host to call it by another name\"}");
    }
}
