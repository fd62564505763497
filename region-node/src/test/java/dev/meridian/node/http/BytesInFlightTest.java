package dev.meridian.node.http;

import static dev.meridian.node.wire.RawHttp.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.meridian.node.wire.RawHttp;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BytesInFlightTest {

    @Test
    void refusesWhatWouldBeTooMuchAndTakesItAgainAfterARelease() {
        BytesInFlight inFlight = new BytesInFlight(100);
        assertThat(inFlight.take(60)).isTrue();
        assertThat(inFlight.take(41)).isFalse();
        assertThat(inFlight.take(40)).isTrue();
        inFlight.release(60);
        assertThat(inFlight.take(41)).isTrue();
        assertThat(inFlight.held()).isEqualTo(81);
    }

    @Test
    void aDoorThrottlesWhatItCannotHoldAndGoesOnWhenThereIsRoom() throws Exception {
        BytesInFlight inFlight = new BytesInFlight(1_000);
        CompletableFuture<byte[]> slow = new CompletableFuture<>();
        CountDownLatch held = new CountDownLatch(1);
        OperationHandler operations = (account, operation, body, answering) -> {
            held.countDown();
            return operation.equals("PutItem") ? slow : CompletableFuture.completedFuture(body);
        };
        try (OpenDoor open = new OpenDoor(operations, DoorGate.OPEN, List.of(), inFlight);
                RawHttp waiting = open.connect()) {
            waiting.send(call("PutItem", "x".repeat(600)));
            assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();

            RawHttp.Response refused = open.exchange(call("GetItem", "x".repeat(500)));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("#ThrottlingException");
            assertThat(open.exchange(call("GetItem", "{}")).status()).isEqualTo(200);

            slow.complete(new byte[0]);
            assertThat(waiting.receive().status()).isEqualTo(200);
            assertThat(open.exchange(call("GetItem", "x".repeat(900))).status()).isEqualTo(200);
        }
        assertThat(inFlight.held()).isZero();
    }

    @Test
    void aDoorForgetsWhatClientsThatLeaveHadSent() throws Exception {
        BytesInFlight inFlight = new BytesInFlight(1 << 20);
        OperationHandler echo = (account, operation, body, answering) -> CompletableFuture.completedFuture(body);
        try (OpenDoor open = new OpenDoor(echo, DoorGate.OPEN, List.of(), inFlight)) {
            for (int i = 0; i < 30; i++) {
                try (RawHttp http = open.connect()) {
                    http.send(Arrays.copyOf(call("GetItem", new byte[200_000]), 100_000));
                }
            }
            for (int i = 0; i < 200 && inFlight.held() > 0; i++) {
                open.exchange(call("GetItem", "{}"));
            }
            assertThat(inFlight.held()).isZero();
        }
    }
}
