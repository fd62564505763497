package dev.meridian.node.http;

import dev.meridian.node.account.Accounts;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** The account a request was signed for, from the access key of its signature. */
final class SignedAccount {

    private static final String CREDENTIAL = "Credential=";
    private static final int DIGITS = 12;

    private SignedAccount() {}

    static String of(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return in(authorization, CREDENTIAL);
        }
        String query = request.query();
        return query == null ? Accounts.USUAL : in(query, "X-Amz-" + CREDENTIAL);
    }

    /** Every request passes here: most are told by one character. */
    private static String in(@Nullable String text, String marker) {
        int found = text == null ? -1 : text.indexOf(marker);
        if (text == null || found < 0) {
            return Accounts.USUAL;
        }
        int from = found + marker.length();
        int to = from + DIGITS;
        return to < text.length() && (text.charAt(to) == '/' || text.charAt(to) == '%')
                ? Accounts.ofAccessKey(text.substring(from, to))
                : Accounts.USUAL;
    }
}
