package dev.meridian.table.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * DynamoDB numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.99…E+125, and zero. The text is measured
 * before anything is computed, so that {@code 1e1000000000} costs no more than its ten characters.
 */
public final class NumberText {

    public static final int SIGNIFICANT_DIGITS_MAX = 38;
    private static final int EXPONENT_MAX = 125;
    private static final int EXPONENT_MIN = -130;
    private static final int EXPONENT_DIGITS_MAX = 9;

    private NumberText() {}

    /** Reads a number into normal form; throws {@link InvalidValueException} with the service's text. */
    public static BigDecimal parse(String text) {
        return new Scan(text).number();
    }

    /** The same number in normal form, if it is within the limits; throws {@link InvalidValueException}. */
    public static BigDecimal checked(BigDecimal value) {
        BigDecimal normal = normal(value);
        if (normal.signum() == 0) {
            return normal;
        }
        checkMagnitude(normal.precision() - normal.scale() - 1L);
        checkDigits(normal.precision());
        return normal;
    }

    /** The number as the service prints it: plain digits, no exponent. */
    public static String format(BigDecimal value) {
        return value.toPlainString();
    }

    private static BigDecimal normal(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    private static void checkMagnitude(long exponent) {
        if (exponent > EXPONENT_MAX) {
            throw new InvalidValueException(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (exponent < EXPONENT_MIN) {
            throw new InvalidValueException(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
    }

    private static void checkDigits(int digits) {
        if (digits > SIGNIFICANT_DIGITS_MAX) {
            throw new InvalidValueException("Attempting to store more than 38 significant digits in a Number");
        }
    }

    /** One pass over the text: sign, digits with a point, exponent. */
    private static final class Scan {

        private final String text;
        private int position;
        private boolean negative;
        private final StringBuilder significant = new StringBuilder();
        private int trailingZeros;
        private long pointShift;
        private boolean anyDigit;

        Scan(String text) {
            this.text = text;
        }

        BigDecimal number() {
            sign();
            digits(false);
            if (position < text.length() && text.charAt(position) == '.') {
                position++;
                digits(true);
            }
            long exponent = exponent();
            if (!anyDigit || position != text.length()) {
                throw notANumber();
            }
            if (significant.length() == 0) {
                return BigDecimal.ZERO;
            }
            long unitExponent = exponent - pointShift + trailingZeros;
            checkMagnitude(unitExponent + significant.length() - 1);
            checkDigits(significant.length());
            BigInteger unscaled = new BigInteger(significant.toString());
            return new BigDecimal(negative ? unscaled.negate() : unscaled, (int) -unitExponent);
        }

        private void sign() {
            if (position < text.length() && (text.charAt(position) == '-' || text.charAt(position) == '+')) {
                negative = text.charAt(position) == '-';
                position++;
            }
        }

        private void digits(boolean afterPoint) {
            for (; position < text.length(); position++) {
                char digit = text.charAt(position);
                if (digit < '0' || digit > '9') {
                    return;
                }
                anyDigit = true;
                if (afterPoint) {
                    pointShift++;
                }
                if (digit == '0') {
                    trailingZeros += significant.length() == 0 ? 0 : 1;
                } else {
                    significant.append("0".repeat(Math.min(trailingZeros, SIGNIFICANT_DIGITS_MAX)));
                    significant.append(digit);
                    trailingZeros = 0;
                    if (significant.length() > 2 * SIGNIFICANT_DIGITS_MAX) {
                        checkDigits(significant.length());
                    }
                }
            }
        }

        private long exponent() {
            if (position >= text.length() || (text.charAt(position) != 'e' && text.charAt(position) != 'E')) {
                return 0;
            }
            position++;
            boolean down = false;
            if (position < text.length() && (text.charAt(position) == '-' || text.charAt(position) == '+')) {
                down = text.charAt(position) == '-';
                position++;
            }
            int from = position;
            long value = 0;
            for (; position < text.length(); position++) {
                char digit = text.charAt(position);
                if (digit < '0' || digit > '9') {
                    break;
                }
                value = Math.min(value * 10 + (digit - '0'), (long) Math.pow(10, EXPONENT_DIGITS_MAX));
            }
            if (position == from) {
                throw notANumber();
            }
            return down ? -value : value;
        }

        private InvalidValueException notANumber() {
            return new InvalidValueException(
                    text.isEmpty()
                            ? "The parameter cannot be converted to a numeric value"
                            : "The parameter cannot be converted to a numeric value: " + text);
        }
    }
}
