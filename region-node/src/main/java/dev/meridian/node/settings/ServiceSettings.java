package dev.meridian.node.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueType;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * How closely the service is followed where people may choose: times, limits, throttling. What there is to set, and what it
 * is without being set, stands in {@code meridian-service.conf}. Immutable.
 */
public final class ServiceSettings {

    private static final Config DEFAULTS = ConfigFactory.parseResources("meridian-service.conf");

    private final Config values;

    private ServiceSettings(Config values) {
        this.values = values;
    }

    /** Nothing set. */
    public static ServiceSettings defaults() {
        return new ServiceSettings(DEFAULTS);
    }

    /** The settings' names. */
    public static Collection<String> names() {
        return flat(DEFAULTS).keySet();
    }

    /** What the text, HOCON, sets; throws {@link IllegalArgumentException} for what is unknown or of the wrong kind. */
    public static ServiceSettings of(String text) {
        try {
            return of(ConfigFactory.parseString(text).resolve());
        } catch (ConfigException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    /** What the configuration sets; throws {@link IllegalArgumentException} for what is unknown or of the wrong kind. */
    public static ServiceSettings of(Config set) {
        Map<String, Object> known = flat(DEFAULTS);
        flat(set).forEach((name, value) -> {
            Object standard = known.get(name);
            if (standard == null) {
                throw new UnknownSettingException(name);
            }
            try {
                if (standard instanceof Number) {
                    set.getDouble(name);
                } else if (standard instanceof Boolean) {
                    set.getBoolean(name);
                }
            } catch (ConfigException wrong) {
                throw new IllegalArgumentException(
                        "service setting " + name + " is '" + value + "'; it is set like " + name + "=" + standard,
                        wrong);
            }
        });
        return new ServiceSettings(set.withFallback(DEFAULTS));
    }

    private static Map<String, Object> flat(Config config) {
        Map<String, Object> flat = new TreeMap<>();
        config.entrySet().forEach(entry -> {
            if (entry.getValue().valueType() != ConfigValueType.NULL) {
                flat.put(entry.getKey(), entry.getValue().unwrapped());
            }
        });
        return flat;
    }

    /** A setting of that name nobody knows. */
    public static final class UnknownSettingException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        private final String name;

        UnknownSettingException(String name) {
            super("unknown service setting '" + name + "'");
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    /** For another process: what makes these settings again. */
    public String toText() {
        return values.root().render(ConfigRenderOptions.concise());
    }

    public boolean flag(String name) {
        return values.getBoolean(name);
    }

    public double number(String name) {
        return values.getDouble(name);
    }

    /** A time the service takes, as it is here, in milliseconds. */
    public long controlPlaneMillis(long serviceMillis) {
        return Math.round(serviceMillis * number("control-plane-time"));
    }
}
