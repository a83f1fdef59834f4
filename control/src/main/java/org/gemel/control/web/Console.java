package org.gemel.control.web;

import io.javalin.http.Context;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Principal;
import org.gemel.control.people.Session;
import org.gemel.control.people.Sessions;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** The page and the stream that keeps it true. */
final class Console {
  private static final int AUDIT_LINES = 12;
  private static final int RUNS = 6;

  private final ControlPoint control;
  private final Sessions sessions;
  private final Changes changes;
  private final Templates templates;
  private final StaticFiles files;

  Console(
      ControlPoint control,
      Sessions sessions,
      Changes changes,
      Templates templates,
      StaticFiles files) {
    this.control = control;
    this.sessions = sessions;
    this.changes = changes;
    this.templates = templates;
    this.files = files;
  }

  List<Route> routes() {
    return List.of(Route.get("/", this::page), Route.get("/console/stream", this::stream));
  }

  Screen screen(Principal who) {
    return new Screen(
        control.status(),
        control.runs().stream().limit(RUNS).toList(),
        control.audit(AUDIT_LINES),
        who,
        new Words(ZoneId.systemDefault(), control.now()));
  }

  private void page(Context context) {
    Caller caller = Caller.of(context);
    Map<String, Object> values = new HashMap<>();
    values.put("screen", screen(caller.principal()));
    values.put("csrf", caller.csrf());
    values.put("release", files.release());
    context.html(templates.render("page.jte", values));
  }

  private void stream(Context context) {
    Caller caller = Caller.of(context);
    Session session = caller.session();
    Map<Fragment, String> sent = new EnumMap<>(Fragment.class);
    EventStream.serve(
        context,
        changes,
        () -> stillEntitled(session, caller.principal()),
        stream -> {
          if (sent.isEmpty()) {
            stream.send("release", files.release());
          }
          for (Changed changed : changed(caller.principal(), sent)) {
            stream.send(changed.fragment().id(), changed.html());
          }
        });
  }

  /** Ends when the session does, and when its rights changed: the page is then loaded anew. */
  private boolean stillEntitled(@Nullable Session session, Principal then) {
    return session == null
        || sessions.peek(session.cookie()).map(Session::principal).filter(then::equals).isPresent();
  }

  private record Changed(Fragment fragment, String html) {}

  private List<Changed> changed(Principal who, Map<Fragment, String> sent) {
    Screen screen = screen(who);
    List<Changed> changed = new ArrayList<>();
    for (Fragment fragment : Fragment.values()) {
      String html = render(fragment, screen);
      if (!html.equals(sent.put(fragment, html))) {
        changed.add(new Changed(fragment, html));
      }
    }
    return changed;
  }

  private String render(Fragment fragment, Screen screen) {
    Map<String, Object> values = new HashMap<>();
    values.put("screen", screen);
    switch (fragment) {
      case SIDE_X -> values.put("side", Side.X);
      case SIDE_Y -> values.put("side", Side.Y);
      default -> {}
    }
    return templates.render(fragment.template(), values);
  }
}
