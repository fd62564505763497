package dev.meridian.chaos.drill;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which key an operation is about. */
final class Keys {

    private static final int COUNT_MAX = 10_000_000;
    private static final Pattern ZIPF =
            Pattern.compile("zipf\\(\\s*([0-9]+(?:\\.[0-9]+)?)\\s*,\\s*([0-9]{1,8})\\s*\\)");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,8}");

    /**
     * How keys are chosen.
     *
     * @param count how many there are; 0: each write has its own
     * @param skew the exponent of a Zipf distribution; 0: all alike
     */
    record Spec(int count, double skew) {}

    private final int count;
    private final RandomGenerator random;
    /** The share of operations that fall on this key or one before it; empty where all keys are alike. */
    private final double[] upTo;

    Keys(Drill.Load load, RandomGenerator random) {
        this.count = load.keys();
        this.random = random;
        this.upTo = load.skew() > 0 ? cumulated(load.keys(), load.skew()) : new double[0];
    }

    /** Reads {@code unique}, {@code 1000} or {@code zipf(1.1, 1000)}; throws IllegalArgumentException for the user. */
    static Spec spec(String text) {
        Matcher zipf = ZIPF.matcher(text);
        if (text.equals("unique")) {
            return new Spec(0, 0);
        }
        Spec spec = null;
        if (zipf.matches()) {
            spec = new Spec(Integer.parseInt(zipf.group(2)), Double.parseDouble(zipf.group(1)));
        } else if (COUNT.matcher(text).matches()) {
            spec = new Spec(Integer.parseInt(text), 0);
        }
        if (spec == null || spec.count() < 1 || spec.count() > COUNT_MAX) {
            throw new IllegalArgumentException(
                    "'keys' is unique, a number such as 1000, or zipf(1.1, 1000), not '" + text + "'");
        }
        return spec;
    }

    private static double[] cumulated(int count, double skew) {
        double[] upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.pow(i + 1, -skew);
            upTo[i] = sum;
        }
        for (int i = 0; i < count; i++) {
            upTo[i] /= sum;
        }
        return upTo;
    }

    String next(long number, boolean isPut) {
        if (count == 0) {
            return "k" + (isPut ? number : 1 + random.nextLong(number));
        }
        if (upTo.length == 0) {
            return "k" + random.nextInt(count);
        }
        int found = Arrays.binarySearch(upTo, random.nextDouble());
        return "k" + Math.min(count - 1, found >= 0 ? found : -found - 1);
    }

    /** Another key than this. */
    String other(String key) {
        int own = Integer.parseInt(key.substring(1));
        return "k" + (own + 1 + random.nextInt(count - 1)) % count;
    }
}
