package dev.meridian.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RequestIdsTest {

    @Test
    void theyHaveTheServicesLengthAndAlphabet() {
        RequestIds ids = new RequestIds(new Random(1));
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String id = ids.next();
            assertThat(id).hasSize(52).matches("[0-9A-V]+");
            seen.addAll(id.chars().boxed().collect(Collectors.toSet()));
        }
        assertThat(seen).hasSize(32);
    }

    @Test
    void eachCharacterHasFiveBitsOfItsOwn() {
        AtomicLong calls = new AtomicLong();
        // Twelve characters of one number, then of the next: 1 and 2, each five bits after those before.
        RequestIds ids = new RequestIds(() -> calls.incrementAndGet() << 55 | calls.get());
        assertThat(ids.next()).isEqualTo("1000000000012000000000023000000000034000000000045000");
    }
}
