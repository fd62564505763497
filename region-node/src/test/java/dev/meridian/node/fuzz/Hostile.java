package dev.meridian.node.fuzz;

import java.util.List;
import java.util.Random;

/** Values that have broken other servers, as JSON is written. */
final class Hostile {

    private static final List<String> LEAVES = List.of(
            "null",
            "true",
            "false",
            "-1",
            "0",
            "1.5",
            "-0.0",
            "1e400",
            "1e-400",
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "123456789012345678901234567890",
            "1e2147483648",
            "NaN",
            "Infinity",
            "01",
            "'x'",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udbff\\udfff\"",
            "\"\\x\"",
            "\"null\"",
            "\"#\"",
            "\":\"",
            "\"..\"",
            "\"fuzz-table\"",
            "\"arn:aws:dynamodb:us-east-1:000000000000:table/fuzz-table\"",
            "\"arn:aws:dynamodb:::table/\"",
            "\"arn:::::\"",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "[{}]",
            "{\"\":{}}",
            "{\"a\":null}",
            "");

    private static final List<String> VALUES = List.of(
            "{\"S\":\"\"}",
            "{\"S\":null}",
            "{\"S\":1}",
            "{\"N\":1}",
            "{\"N\":\"\"}",
            "{\"N\":\"1e126\"}",
            "{\"N\":\"1e125\"}",
            "{\"N\":\"9.9999999999999999999999999999999999999E+125\"}",
            "{\"N\":\"-1e-131\"}",
            "{\"N\":\"1E+99999999999\"}",
            "{\"N\":\"1e-2147483648\"}",
            "{\"N\":\"0e2147483647\"}",
            "{\"N\":\"0x1F\"}",
            "{\"N\":\"NaN\"}",
            "{\"N\":\"--1\"}",
            "{\"N\":\"1 \"}",
            "{\"N\":\"\u0661\"}",
            "{\"N\":\"123456789012345678901234567890123456789\"}",
            "{\"NS\":[\"1\",\"1.0\"]}",
            "{\"NS\":[]}",
            "{\"NS\":[null]}",
            "{\"SS\":[\"a\",\"a\"]}",
            "{\"SS\":[\"\"]}",
            "{\"BS\":[\"YQ==\",\"YQ==\"]}",
            "{\"BS\":[\"YR==\"]}",
            "{\"B\":\"@\"}",
            "{\"B\":\"YQ\"}",
            "{\"B\":\"\"}",
            "{\"NULL\":false}",
            "{\"NULL\":null}",
            "{\"BOOL\":\"true\"}",
            "{\"L\":[{}]}",
            "{\"L\":[null]}",
            "{\"L\":{}}",
            "{\"M\":{\"\":{\"S\":\"x\"}}}",
            "{\"M\":[]}",
            "{\"M\":{\"a\":{\"S\":\"x\",\"N\":\"1\"}}}",
            "{\"S\":\"a\",\"N\":\"1\"}",
            "{\"S\":\"a\",\"S\":\"b\"}",
            "{\"X\":\"a\"}",
            "{\"s\":\"a\"}");

    private Hostile() {}

    static Node any(Random random) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return new Node.Leaf(nested(random));
        }
        if (kind == 1) {
            return new Node.Leaf('"' + ("x".repeat(1 << random.nextInt(17))) + '"');
        }
        if (kind == 2) {
            return new Node.Leaf("9".repeat(1 + random.nextInt(2_000)));
        }
        if (kind == 3) {
            return new Node.Leaf("{\"N\":\"" + number(random) + "\"}");
        }
        return new Node.Leaf(pick(kind < 12 ? VALUES : LEAVES, random));
    }

    private static String nested(Random random) {
        int depth = 1 << random.nextInt(12);
        return switch (random.nextInt(4)) {
            case 0 -> "{\"M\":{\"a\":".repeat(depth) + "{\"S\":\"x\"}" + "}}".repeat(depth);
            case 1 -> "{\"L\":[".repeat(depth) + "{\"N\":\"1\"}" + "]}".repeat(depth);
            case 2 -> "[".repeat(depth) + "]".repeat(depth);
            default -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        };
    }

    /** Digits, signs, points and exponents, in any order. */
    private static String number(Random random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 12);
        for (int i = 0; i < length; i++) {
            text.append("0123456789012345678900000000-+.eE".charAt(random.nextInt(33)));
        }
        return text.toString();
    }

    /** A short text many times over; a long one stays as it is, or chance would make one that fills the memory. */
    static String repeated(String text, Random random) {
        int times = 1 << random.nextInt(11);
        return text.length() > 100 ? text : text.repeat(times);
    }

    static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
