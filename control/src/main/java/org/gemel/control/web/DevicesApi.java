package org.gemel.control.web;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.DeviceRequest;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/** Devices and the tokens with which their agents join. */
final class DevicesApi {
  private static final Duration DEFAULT_VALIDITY = Duration.ofHours(1);

  /**
   * A wish for a join token.
   *
   * @param validFor ISO-8601, such as PT1H; null for an hour
   */
  record JoinTokenRequest(String device, @Nullable Duration validFor) {}

  record JoinToken(String device, String token, Duration validFor) {}

  private final ControlPoint control;

  DevicesApi(ControlPoint control) {
    this.control = control;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/devices", c -> Json.answer(c, control.status().devices())),
        Route.get("/api/v1/devices/{name}", this::show),
        Route.post("/api/v1/devices", this::add),
        Route.delete("/api/v1/devices/{name}", this::remove),
        Route.post("/api/v1/join-tokens", this::joinToken));
  }

  private void show(Context context) {
    String name = context.pathParam("name");
    Json.answer(
        context,
        control.status().devices().stream()
            .filter(d -> d.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNKNOWN_NAME,
                        "found no device '"
                            + name
                            + "': `gemel device list` shows those there are")));
  }

  private void add(Context context) {
    DeviceRequest request = Json.read(context, DeviceRequest.class);
    control.addDevice(Caller.principal(context), request);
    context.status(204);
  }

  private void remove(Context context) {
    control.removeDevice(Caller.principal(context), context.pathParam("name"));
    context.status(204);
  }

  private void joinToken(Context context) {
    JoinTokenRequest request = Json.read(context, JoinTokenRequest.class);
    Duration validFor = request.validFor() == null ? DEFAULT_VALIDITY : request.validFor();
    Json.answer(
        context,
        new JoinToken(
            request.device(),
            control.joinToken(Caller.principal(context), request.device(), validFor),
            validFor));
  }
}
