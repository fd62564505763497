package dev.meridian.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.meridian.chaos.yaml.Nearest;
import dev.meridian.node.settings.ServiceSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How closely the service is followed, of whatever starts regions. */
final class ServiceOptions {

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A service setting, for example control-plane-time=1; docs/operating.md lists them.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--service",
            hidden = true,
            description = "All service settings, from the process that started this.")
    private String inherited = "";

    private Config file = ConfigFactory.empty();

    /** What a file says; flags win. */
    void readFrom(Config settings) {
        file = settings;
    }

    ServiceSettings settings() {
        try {
            Config flags = ConfigFactory.parseMap(set, "--set");
            return ServiceSettings.of(
                    flags.withFallback(ConfigFactory.parseString(inherited)).withFallback(file));
        } catch (ServiceSettings.UnknownSettingException unknown) {
            throw new UserError(
                    ExitCode.USAGE,
                    unknown.getMessage() + "; did you mean '" + Nearest.to(unknown.name(), ServiceSettings.names())
                            + "'?");
        } catch (IllegalArgumentException | ConfigException wrong) {
            throw new UserError(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }
}
