package dev.meridian.cli;

import dev.meridian.node.RegionSettings;
import java.net.BindException;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Why regions could not start, for the user. */
final class StartFailure {

    private StartFailure() {}

    /** What to tell of it; {@code doors} are those that were to be opened. */
    static UserError of(CompletionException failure, List<RegionSettings.Peer> doors) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof UserError mendable) {
            return mendable;
        }
        if (cause instanceof BindException) {
            for (RegionSettings.Peer door : doors) {
                if (PortHolder.isTaken(door.host(), door.port())) {
                    return new UserError(ExitCode.UNAVAILABLE, PortHolder.sentence(door.host(), door.port()));
                }
            }
        }
        return new UserError(ExitCode.UNAVAILABLE, "cannot start: " + cause.getMessage());
    }
}
